import type { EndAnswer, GrantAnswer, HoldAnswer } from '../../../src/storage/ledger-store.ts';
import { asideOf, type BookedHold, type Books } from './books.ts';
import type { CarriedOut, Observed } from './invariant.ts';
import { MOST_TICKS } from './measure-usage.ts';
import { Violation } from './violation.ts';

export const BOUNDED_OVERDRAFT = '4 bounded overdraft';
export const ONE_FATE = '5 one fate';
export const GRANTS_ONCE = '7 grants once';
export const IDEMPOTENT_REPLAY = '8 idempotent replay';

/** Enters a command into the auditor's own books and holds its answer against what they say. */
export function bookCommand(world: Observed, done: CarriedOut): void {
  switch (done.name) {
    case 'grant':
    case 'withdraw':
      bookMovement(world.books, done);
      break;
    case 'hold':
      bookHold(world, done);
      break;
    case 'extend':
      bookExtension(world, done);
      break;
    case 'checkpoint':
      noteCheckpoint(world.books.holds.get(done.command.holdId), done.command.costTicks);
      break;
    case 'expire':
      bookExpiry(world, done);
      break;
    default:
      bookEnd(world.books, done);
  }
}

function bookMovement(books: Books, { name, command, answer }: CarriedOut): void {
  const { transactionId, walletId, amountTicks } = command as unknown as {
    transactionId: string;
    walletId: string;
    amountTicks: bigint;
  };
  const { outcome } = answer as GrantAnswer;
  const wallet = books.wallet(walletId);
  const isKnown = books.movements.has(transactionId);
  const fits =
    name === 'grant'
      ? wallet.available + wallet.held + amountTicks <= MOST_TICKS
      : wallet.available >= amountTicks;
  const expected = isKnown ? 'exists' : fits ? 'done' : 'refused';
  demand(
    outcome === expected,
    GRANTS_ONCE,
    '',
    `${name} ${transactionId} answered ${outcome}, not ${expected}`,
  );
  if (outcome !== 'done') return;
  const signed = name === 'grant' ? amountTicks : -amountTicks;
  books.movements.set(transactionId, signed);
  wallet.available += signed;
}

function bookHold(world: Observed, { command, answer }: CarriedOut): void {
  const { books } = world;
  const { holdId, amountTicks, minimumTicks, atMs } = command;
  const { walletId, processId } = command as unknown as { walletId: string; processId: string };
  const held = asideOf(answer as HoldAnswer);
  const known = books.holds.get(holdId);
  if (known !== undefined) {
    const same = (answer as HoldAnswer).outcome === 'exists' && held === known.parts.get(0);
    demand(same, IDEMPOTENT_REPLAY, holdId, 'a hold that was repeated was not answered as the first time');
    return;
  }
  const key = keyOf(world, holdId);
  const allowance = books.allowance(key.id, atMs, key.perDayTicks, key.perMonthTicks);
  const expected = books.expectedAside(walletId, amountTicks, minimumTicks, allowance);
  demand(held === expected, BOUNDED_OVERDRAFT, holdId, `a hold set aside ${held}, not ${expected}`);
  if (held === undefined) return;
  const hold: BookedHold = {
    ...{ holdId, walletId, processId, atMs, keyId: key.id, parts: new Map(), state: 'held' },
    ...{ checkpointTicks: 0n, charged: 0n, released: 0n, uncollected: 0n },
  };
  books.holds.set(holdId, hold);
  books.setAside(hold, 0, held);
}

function bookExtension(world: Observed, { command, answer }: CarriedOut): void {
  const { books } = world;
  const { holdId, step, amountTicks, minimumTicks, costTicks } = command;
  const hold = books.holds.get(holdId);
  const { outcome } = answer as HoldAnswer;
  const held = asideOf(answer as HoldAnswer);
  const known = hold?.parts.get(step);
  if (known !== undefined) {
    const same = outcome === 'exists' && held === known;
    demand(same, IDEMPOTENT_REPLAY, holdId, 'an extension that was repeated was not answered as before');
    return;
  }
  if (hold?.state !== 'held') {
    demand(outcome === 'refused', ONE_FATE, holdId, 'a hold that is not open was extended');
    return;
  }
  noteCheckpoint(hold, costTicks);
  const key = keyOf(world, holdId);
  const allowance = books.allowance(key.id, hold.atMs, key.perDayTicks, key.perMonthTicks);
  const expected = books.expectedAside(hold.walletId, amountTicks, minimumTicks, allowance);
  demand(held === expected, BOUNDED_OVERDRAFT, holdId, `an extension set aside ${held}, not ${expected}`);
  if (held !== undefined) books.setAside(hold, step, held);
}

/** A younger checkpoint never says less. */
function noteCheckpoint(hold: BookedHold | undefined, costTicks: bigint): void {
  if (hold?.state === 'held' && costTicks > hold.checkpointTicks) hold.checkpointTicks = costTicks;
}

function bookEnd(books: Books, { name, command, endAnswer }: CarriedOut): void {
  const { holdId } = command;
  const hold = books.holds.get(holdId);
  const state = name === 'post' ? 'posted' : 'voided';
  if (hold === undefined || (hold.state !== 'held' && hold.state !== state)) {
    demand(
      endAnswer.outcome === 'refused',
      ONE_FATE,
      holdId,
      `${name} of a hold that is ${hold?.state ?? 'not there'}`,
    );
    return;
  }
  const expected = hold.state === 'held' ? 'done' : 'exists';
  const rule = expected === 'exists' ? IDEMPOTENT_REPLAY : ONE_FATE;
  demand(
    endAnswer.outcome === expected,
    rule,
    holdId,
    `${name} answered ${endAnswer.outcome}, not ${expected}`,
  );
  if (expected === 'done') books.end(hold, state, name === 'post' ? command.costTicks : 0n);
  demandSame(hold, endAnswer, rule);
}

function demandSame(hold: BookedHold, answer: EndAnswer, rule: string): void {
  if (answer.outcome === 'refused') return;
  const { chargedTicks, releasedTicks, uncollectedTicks } = answer;
  const same =
    chargedTicks === hold.charged && releasedTicks === hold.released && uncollectedTicks === hold.uncollected;
  const said = `charged ${chargedTicks}, released ${releasedTicks}, uncollected ${uncollectedTicks}`;
  const due = `${hold.charged}, ${hold.released}, ${hold.uncollected}`;
  demand(same, rule, hold.holdId, `its end ${said}; due were ${due}`);
}

function bookExpiry(world: Observed, { command, answer }: CarriedOut): void {
  const { books } = world;
  const live = new Set(world.liveReplicas().map(({ processId }) => processId));
  const open = [...books.holds.values()].filter(({ state }) => state === 'held');
  let expired = 0;
  for (const hold of open) {
    const { holdId, processId } = hold;
    const ended = world.state.holds.get(holdId)?.state === 'expired';
    const isOurs = processId === command.liveProcessId || live.has(processId);
    demand(!ended || !isOurs, ONE_FATE, holdId, 'the hold of a process that lives was ended as a dead one');
    demand(ended || isOurs, ONE_FATE, holdId, 'the hold of a dead process was left open');
    if (!ended) continue;
    expired += 1;
    books.end(hold, 'expired', hold.checkpointTicks);
  }
  const said = (answer as { expired: number }).expired;
  demand(said === expired, ONE_FATE, '', `${said} holds were said to have been ended, ${expired} were`);
}

function keyOf({ calls }: Observed, holdId: string) {
  const key = calls.get(holdId)?.plan.key;
  if (key === undefined) throw new Violation(ONE_FATE, holdId, 'a hold of a request that nobody made');
  return key;
}

function demand(holds: boolean, invariant: string, request: string, detail: string): void {
  if (!holds) throw new Violation(invariant, request, detail);
}
