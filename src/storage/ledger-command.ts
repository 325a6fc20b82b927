import { MAXIMUM_TICKS, type Ticks } from '../domain/money.ts';
import { isSaneUsage, type TokenUsage } from '../domain/usage.ts';
import type {
  CheckpointCommand,
  ExtendCommand,
  GrantCommand,
  HoldCommand,
  PostCommand,
  VoidCommand,
} from './ledger-store.ts';
import type { RequestRecord } from './usage-store.ts';

/**
 * What every engine asserts of a command before it touches anything. These are bugs of a caller, not refusals:
 * a negative or wrapped amount must never reach a balance, whoever computed it.
 */
const MAXIMUM_MEMO_CHARACTERS = 200;
const MAXIMUM_STEP = 1_000_000;

/** The ledger's own transactions are named after their request; nobody else may use such names. */
const OWN_TRANSACTIONS = 'request:';

export function holdTransactionId(holdId: string): string {
  return `${OWN_TRANSACTIONS}${holdId}:hold`;
}

export function extendTransactionId(holdId: string, step: number): string {
  return `${OWN_TRANSACTIONS}${holdId}:extend:${step}`;
}

/** One name for every way to end, so that uniqueness alone lets a hold end no more than once. */
export function endTransactionId(holdId: string): string {
  return `${OWN_TRANSACTIONS}${holdId}:end`;
}

/** For grants and withdrawals. An amount above the maximum is refused by the command itself. */
export function assertGrant({ transactionId, amountTicks, memo, atMs }: GrantCommand): void {
  assertMoment(atMs);
  assert(
    transactionId !== '' && !transactionId.startsWith(OWN_TRANSACTIONS),
    'the transaction id is reserved',
  );
  assert(amountTicks > 0n, 'a grant or withdrawal moves a positive amount');
  assert(memo.length <= MAXIMUM_MEMO_CHARACTERS, 'the memo is too long');
}

export function assertHold({
  holdId,
  amountTicks,
  minimumTicks,
  atMs,
}: Pick<HoldCommand, 'holdId' | 'amountTicks' | 'minimumTicks' | 'atMs'>): void {
  assertMoment(atMs);
  assert(holdId !== '', 'a hold has an id');
  assertAmount(amountTicks);
  assert(minimumTicks >= 0n, 'the minimum is not negative');
}

export function assertExtend(command: ExtendCommand): void {
  assert(
    Number.isInteger(command.step) && command.step >= 1 && command.step <= MAXIMUM_STEP,
    'steps are counted from 1',
  );
  assertHold(command);
  assertCheckpoint(command);
}

export function assertCheckpoint({ usage, costTicks, atMs }: Omit<CheckpointCommand, 'holdId'>): void {
  assertMoment(atMs);
  assertUsage(usage);
  assertAmount(costTicks);
}

export function assertPost({ holdId, costTicks, record, atMs }: PostCommand): void {
  assertMoment(atMs);
  assertAmount(costTicks);
  assertRecord(record, holdId);
}

export function assertVoid({ holdId, record, atMs }: VoidCommand): void {
  assertMoment(atMs);
  assertRecord(record, holdId);
}

/** A record without a hold cannot have cost anything. */
export function assertUncharged(record: RequestRecord): void {
  assertRecord(record, record.requestId);
  assert(record.costTicks === 0n && record.uncollectedTicks === 0n, 'only the ledger records a charge');
}

function assertRecord(record: RequestRecord, holdId: string): void {
  assert(record.requestId === holdId, 'a record is of the request that its hold is named after');
  assertMoment(record.atMs);
  assertUsage(record.usage);
  if (record.reported !== null)
    assertUsage({ ...record.usage, imageInputTokens: 0, audioInputTokens: 0, ...record.reported });
  if (record.pricedFromMs !== null) assertMoment(record.pricedFromMs);
  const { httpStatus, queuedMs, timeToFirstTokenMs, durationMs, gatewayMs } = record;
  assert(Number.isInteger(httpStatus), 'a status is a whole number');
  const spans = [queuedMs, timeToFirstTokenMs ?? 0, durationMs, gatewayMs];
  assert(spans.every(Number.isFinite), 'a duration is a finite number of milliseconds');
}

/** Times are whole milliseconds: that is what the columns hold, and how days are told apart. */
function assertMoment(atMs: number): void {
  assert(Number.isSafeInteger(atMs) && atMs >= 0, 'a moment is a whole number of milliseconds');
}

function assertUsage(usage: TokenUsage): void {
  assert(isSaneUsage(usage), 'the usage is not sane');
}

function assertAmount(ticks: Ticks): void {
  assert(ticks >= 0n && ticks <= MAXIMUM_TICKS, 'the amount is out of range');
}

function assert(holds: boolean, rule: string): void {
  if (!holds) throw new RangeError(`a ledger command broke a rule: ${rule}`);
}
