import type { GuardedFetchResult } from '../connection-guarded.ts';
import { readDataUrl } from '../data-url.ts';
import { imageUrlOf } from '../image-part.ts';
import { type ImageSize, readImageSize } from '../image-size.ts';
import type { ChatBody } from '../upstream.ts';
import { type Refusal, refuse } from './refusal.ts';

/** The largest image, as xAI has it. */
export const IMAGE_MAX_BYTES = 10 * 1024 * 1024;
/** Images of one request, and those of them that must be fetched, one after the other. */
const MAXIMUM_IMAGES = 64;
const MAXIMUM_FETCHED_IMAGES = 8;

/** How an image at an address is fetched; guarded, and of at most `IMAGE_MAX_BYTES`. */
export type FetchImage = (url: string, signal: AbortSignal) => Promise<GuardedFetchResult>;

/** What the simulator sees of an image. */
export interface SeenImage extends ImageSize {
  readonly sizeBytes: number;
}

/** Looks at every image of a request, in order. The first that cannot be seen is the request's fault. */
export async function describeImages(
  body: ChatBody,
  fetchImage: FetchImage | undefined,
  signal: AbortSignal,
): Promise<SeenImage[] | Refusal> {
  const seen: SeenImage[] = [];
  let fetched = 0;
  for (const [messageIndex, { content }] of body.messages.entries()) {
    if (!Array.isArray(content)) continue;
    for (const [partIndex, part] of content.entries()) {
      const url = imageUrlOf(part);
      if (url === undefined) continue;
      const param = `messages[${messageIndex}].content[${partIndex}]`;
      if (seen.length === MAXIMUM_IMAGES)
        return refuse(param, `The simulator looks at ${MAXIMUM_IMAGES} images at most.`);
      if (!/^data:/i.test(url)) {
        fetched += 1;
        if (fetched > MAXIMUM_FETCHED_IMAGES) {
          return refuse(param, `The simulator fetches ${MAXIMUM_FETCHED_IMAGES} images at most.`);
        }
      }
      const image = await lookAt(url, fetchImage, signal);
      if (typeof image === 'string') return refuse(param, `The image in ${param} ${image}`);
      seen.push(image);
    }
  }
  return seen;
}

/** The image, or the words that complete "The image …". */
async function lookAt(
  url: string,
  fetchImage: FetchImage | undefined,
  signal: AbortSignal,
): Promise<SeenImage | string> {
  let content: { readonly head: Uint8Array; readonly sizeBytes: number } | undefined;
  if (/^data:/i.test(url)) {
    content = readDataUrl(url);
    if (content === undefined) return 'is a data: URL that is not valid base64.';
  } else {
    if (fetchImage === undefined)
      return 'is at an address, and this simulator fetches nothing; send it as a data: URL.';
    const result = await fetchImage(url, signal);
    if (!result.ok) return result.words;
    content = { head: result.bytes, sizeBytes: result.bytes.length };
  }
  if (content.sizeBytes > IMAGE_MAX_BYTES) return `is larger than ${IMAGE_MAX_BYTES} bytes.`;
  const size = readImageSize(content.head);
  return size === undefined ? 'is no PNG, JPEG, GIF or WebP.' : { ...size, sizeBytes: content.sizeBytes };
}
