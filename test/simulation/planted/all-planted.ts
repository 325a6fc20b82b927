import { KEY_BUGS } from './key-bugs.ts';
import { LEDGER_BUGS } from './ledger-bugs.ts';
import { MONEY_BUGS } from './money-bugs.ts';
import type { PlantedBug } from './planted-bug.ts';
import { STREAM_BUGS } from './stream-bugs.ts';

/** Bugs that other gateways really had. A sweep of 500 seeds must find each; see `planted.long.test.ts`. */
export const ALL_PLANTED: readonly PlantedBug[] = [
  ...MONEY_BUGS,
  ...LEDGER_BUGS,
  ...KEY_BUGS,
  ...STREAM_BUGS,
];
