/** The last group of a UUID and the end of a trace id: 48 bits of chance in both. */
const CHANCE_DIGITS = 12;
const CHANCES = 2 ** 48;

/** A share as people write it, such as `0.1`; undefined when it is none. */
export function readShare(text: string): number | undefined {
  return /^(?:\d+|\d*\.\d+)$/.test(text) && Number(text) <= 1 ? Number(text) : undefined;
}

/**
 * Whether a request belongs to the share (0 to 1) that is kept. The id alone decides, so every part of the program
 * keeps the same requests, and a smaller share is part of a larger one. `id` is a UUID, or a trace id made of one.
 */
export function isInShare(id: string, share: number): boolean {
  return share >= 1 || Number.parseInt(id.slice(-CHANCE_DIGITS), 16) / CHANCES < share;
}
