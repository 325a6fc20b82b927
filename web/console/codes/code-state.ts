import type { Code } from '../../../src/http/api/wire/operator-codes.ts';

export type CodeState = 'open' | 'used' | 'over' | 'ended';

/** What a code is good for now: taken back before anything else, then used up, then too late. */
export function codeState({ uses, endedAtMs, expiresAtMs }: Code, nowMs: number): CodeState {
  if (endedAtMs !== null) return 'ended';
  if (uses.done >= uses.most) return 'used';
  return expiresAtMs !== null && expiresAtMs <= nowMs ? 'over' : 'open';
}
