import { MAXIMUM_TICKS, type Ticks } from '../domain/money.ts';
import { type Refusal, refuse } from '../domain/refusal.ts';
import { announcing } from '../ports/changes.ts';
import type { Balance } from '../storage/ledger-store.ts';
import type { ConsolePorts } from './console-ports.ts';
import { findMovement } from './find-movement.ts';

const MAXIMUM_MEMO_CHARACTERS = 200;

export interface CreditMovement {
  readonly organizationId: string;
  readonly amountTicks: Ticks;
  /** Why, in the words of whoever does it. */
  readonly memo?: string | undefined;
  /** The caller's id: the same id moves credit once, however often it is sent. */
  readonly id?: string | undefined;
}

export interface MovedCredit {
  /** `exists`: the very same movement was made before, and nothing happened now. */
  readonly outcome: 'done' | 'exists';
  readonly id: string;
  readonly balance: Balance;
}

type CreditPorts = Pick<ConsolePorts, 'ledger' | 'clock' | 'random' | 'changed'>;

/** Gives a team credit. */
export function grantCredit(ports: CreditPorts, movement: CreditMovement): Promise<MovedCredit | Refusal> {
  return moveCredit(ports, 'grant', movement);
}

/** Takes credit back, never more than is free to spend. */
export function withdrawCredit(ports: CreditPorts, movement: CreditMovement): Promise<MovedCredit | Refusal> {
  return moveCredit(ports, 'withdraw', movement);
}

async function moveCredit(
  { ledger, clock, random, changed }: CreditPorts,
  direction: 'grant' | 'withdraw',
  movement: CreditMovement,
): Promise<MovedCredit | Refusal> {
  const { organizationId: walletId, amountTicks } = movement;
  if (amountTicks <= 0n || amountTicks > MAXIMUM_TICKS) return refuse('bad-amount');
  const memo = (movement.memo ?? '').trim();
  if (memo.length > MAXIMUM_MEMO_CHARACTERS || /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(memo)) {
    return refuse('bad-memo', { most: MAXIMUM_MEMO_CHARACTERS });
  }
  const id = movement.id ?? random.uuid();
  if (!/^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$/.test(id)) return refuse('bad-transaction-id');

  const transactionId = `${OPERATOR_TRANSACTIONS}${id}`;
  const atMs = clock.nowMs();
  await ledger.openWallet(walletId, atMs);
  const answer = await announcing(changed, { kind: 'credit', id: walletId }, () =>
    ledger[direction]({ transactionId, walletId, amountTicks, memo, atMs }),
  );
  switch (answer.outcome) {
    case 'done':
      return { outcome: 'done', id, balance: answer.balance };
    case 'exists': {
      const signed = direction === 'grant' ? amountTicks : -amountTicks;
      const first = await findMovement(ledger, walletId, transactionId);
      // The same id for something else is a slip that must not pass for a success.
      if (first?.amountTicks !== signed) return refuse('transaction-differs', { id });
      return { outcome: 'exists', id, balance: answer.balance };
    }
    case 'refused':
      return answer.reason === 'not-enough'
        ? refuse('not-enough', {
            availableTicks: answer.balance.availableTicks.toString(),
            askedTicks: amountTicks.toString(),
          })
        : refuse('too-much-credit', { mostTicks: MAXIMUM_TICKS.toString() });
  }
}

/** Begins the name of every transaction that a person booked by hand. */
export const OPERATOR_TRANSACTIONS = 'credit:';
