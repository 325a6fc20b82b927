/** Chance as the lower floors receive it; the simulator seeds it. */
export interface Random {
  /** Cryptographically strong bytes (in production). */
  bytes(count: number): Uint8Array;
  /** A bare UUID, version 7: unique, and ordered by the time it was made. */
  uuid(): string;
}
