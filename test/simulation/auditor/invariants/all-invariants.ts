import type { Invariant } from '../invariant.ts';
import { admission } from './admission.ts';
import { askedAgain } from './asked-again.ts';
import { boundedOverdraft } from './bounded-overdraft.ts';
import { bounds } from './bounds.ts';
import { cancellation } from './cancellation.ts';
import { checkpointInTime } from './checkpoint-in-time.ts';
import { closed } from './closed.ts';
import { exactlyOnce } from './exactly-once.ts';
import { fold } from './fold.ts';
import { grantsOnce } from './grants-once.ts';
import { metamorphic } from './metamorphic.ts';
import { noNegativeCharge } from './no-negative-charge.ts';
import { oneRunAKey } from './one-run-a-key.ts';
import { quietEnd } from './quiet-end.ts';
import { revocation } from './revocation.ts';
import { silence } from './silence.ts';
import { trueBill } from './true-bill.ts';
import { truthfulStream } from './truthful-stream.ts';
import { wholeAssertions } from './whole-assertions.ts';
import { zeroSum } from './zero-sum.ts';

/**
 * What must hold. One fate, and idempotent replay as far as commands go, are kept by `book-command.ts` at every answer.
 */
export const ALL_INVARIANTS: readonly Invariant[] = [
  wholeAssertions,
  zeroSum,
  fold,
  noNegativeCharge,
  boundedOverdraft,
  exactlyOnce,
  grantsOnce,
  oneRunAKey,
  admission,
  truthfulStream,
  cancellation,
  bounds,
  closed,
  silence,
  quietEnd,
  metamorphic,
  trueBill,
  revocation,
  checkpointInTime,
  askedAgain,
];
