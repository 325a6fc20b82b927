import { createHash } from 'node:crypto';

/** Numbers that look random and are the same for the same seed, on every machine. */
export interface SeededRandom {
  /** A whole number from 0 up to, not including, `bound`. */
  below(bound: number): number;
  pick<T>(choices: readonly [T, ...T[]]): T;
}

/** A generator (sfc32) whose state is the hash of the seed's parts. */
export function seedRandom(...parts: readonly (string | number)[]): SeededRandom {
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest();
  let a = hash.readInt32LE(0);
  let b = hash.readInt32LE(4);
  let c = hash.readInt32LE(8);
  let counter = hash.readInt32LE(12);

  function below(bound: number): number {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return Math.floor(((sum >>> 0) / 2 ** 32) * bound);
  }

  return { below, pick: (choices) => choices[below(choices.length)] ?? choices[0] };
}
