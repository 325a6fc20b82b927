import { isJsonObject } from '../protocol/parse-json.ts';

/** The address in a content part that is an image, in either spelling; undefined when the part is none. */
export function imageUrlOf(part: unknown): string | undefined {
  if (!isJsonObject(part) || (part.type !== 'image_url' && part.type !== 'input_image')) return undefined;
  const image = part.image_url;
  const url = isJsonObject(image) ? image.url : image;
  return typeof url === 'string' ? url : '';
}
