import type { Random } from '../ports/random.ts';

/** The machine's own chance. */
export const systemRandom: Random = {
  bytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
  uuid: () => Bun.randomUUIDv7(),
};
