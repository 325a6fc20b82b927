import { IMAGE_HEAD_BYTES } from './image-size.ts';

/** The content of a `data:` URL in base64, decoded only as far as an image's size can stand. */
export interface DataUrl {
  /** The length of the whole content once decoded. */
  readonly sizeBytes: number;
  /** The first bytes, at most `IMAGE_HEAD_BYTES`. */
  readonly head: Uint8Array;
}

/** What may stand before the content; media types with their parameters are far shorter. */
const MAXIMUM_PREFIX_CHARS = 256;
/** Base64 in whole groups of four, so that the head can be decoded alone. */
const HEAD_CHARS = Math.ceil(IMAGE_HEAD_BYTES / 3) * 4;

/** Reads a base64 `data:` URL; undefined when it is none, is empty, or holds what base64 does not. */
export function readDataUrl(url: string): DataUrl | undefined {
  const comma = url.slice(0, MAXIMUM_PREFIX_CHARS).indexOf(',');
  if (comma < 0 || !/^data:[^,]*;base64$/i.test(url.slice(0, comma))) return undefined;
  const content = url.slice(comma + 1).trim();
  // Either alphabet, with or without padding; one pass, no backtracking.
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(content)) return undefined;
  const digits = content.endsWith('==')
    ? content.length - 2
    : content.length - (content.endsWith('=') ? 1 : 0);
  // A last group of one digit holds six bits, which are no byte.
  if (digits % 4 === 1) return undefined;
  return {
    sizeBytes: Math.floor((digits * 3) / 4),
    head: Buffer.from(content.slice(0, HEAD_CHARS), 'base64'),
  };
}
