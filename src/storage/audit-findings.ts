import type { HoldState } from '../domain/hold.ts';
import type { Ticks } from '../domain/money.ts';
import type { AuditFacts, AuditFinding, AuditPlace, WalletSums } from './audit-finding.ts';
import { usageDay } from './usage-rollup.ts';

/**
 * What an audit says about the figures that an engine has put together. The engines differ in how they fold their
 * entries; what counts as a fault is decided here, once. Bills are in audit-bills.ts.
 */
export interface WalletFigures extends WalletSums {
  readonly walletId: string;
}

export function walletFindings({ walletId, ...sums }: WalletFigures): AuditFinding[] {
  const { availableTicks, heldTicks, foldedAvailableTicks, foldedHeldTicks } = sums;
  const place = { account: walletId };
  const findings: AuditFinding[] = [];
  if (availableTicks !== foldedAvailableTicks || heldTicks !== foldedHeldTicks) {
    findings.push({ kind: 'balance-differs', place, facts: sums });
  }
  if ([availableTicks, heldTicks, foldedAvailableTicks, foldedHeldTicks].some((ticks) => ticks < 0n)) {
    findings.push({ kind: 'negative-balance', place, facts: sums });
  }
  return findings;
}

/** All that is stored about one request with a hold, from three sides. */
export interface RequestFigures {
  readonly requestId: string;
  /** Of its first transaction; undefined when it has none. */
  readonly walletId?: string | undefined;
  readonly atMs?: number | undefined;
  /** The hold's own row; undefined when transactions name a hold that is not there. */
  readonly hold: HoldFigures | undefined;
  /** The fold of its transactions' entries. */
  readonly setAsideTicks: Ticks;
  readonly emptiedTicks: Ticks;
  readonly chargedTicks: Ticks;
  readonly releasedTicks: Ticks;
  readonly uncollectedTicks: Ticks;
  /** How many transactions ended it, and one of their commands. */
  readonly ends: number;
  readonly endCommand: string | null;
  /** The row of the request. */
  readonly record: { readonly costTicks: Ticks; readonly uncollectedTicks: Ticks } | undefined;
}

export interface HoldFigures {
  readonly state: HoldState;
  readonly heldTicks: Ticks;
  readonly chargedTicks: Ticks;
  readonly releasedTicks: Ticks;
  readonly uncollectedTicks: Ticks;
}

const END_COMMANDS: Readonly<Record<HoldState, string | null>> = {
  held: null,
  posted: 'post',
  voided: 'void',
  expired: 'expire',
};

export function requestFindings(figures: RequestFigures): AuditFinding[] {
  const { hold, ends, record } = figures;
  const place = requestPlace(figures.requestId, figures.walletId, figures.atMs);
  if (hold === undefined) return [{ kind: 'hold-missing', place, facts: {} }];
  if (ends > 1) return [{ kind: 'hold-ended-twice', place, facts: { ends } }];
  const differs: AuditFinding = { kind: 'hold-differs', place, facts: holdFacts(figures, hold) };

  const isOtherAmount = hold.heldTicks !== figures.setAsideTicks;
  if (hold.state === 'held') return isOtherAmount || ends > 0 ? [differs] : [];
  if (ends === 0) {
    const unended: AuditFinding = { kind: 'hold-without-end', place, facts: { state: hold.state } };
    return isOtherAmount ? [differs, unended] : [unended];
  }
  const findings: AuditFinding[] = [];
  if (
    isOtherAmount ||
    figures.endCommand !== END_COMMANDS[hold.state] ||
    figures.emptiedTicks !== hold.heldTicks ||
    figures.chargedTicks !== hold.chargedTicks ||
    figures.releasedTicks !== hold.releasedTicks ||
    figures.uncollectedTicks !== hold.uncollectedTicks
  ) {
    findings.push(differs);
  }
  if (
    record === undefined ||
    record.costTicks < figures.chargedTicks ||
    record.uncollectedTicks < figures.uncollectedTicks
  ) {
    const facts = { chargedTicks: figures.chargedTicks, costTicks: record?.costTicks };
    findings.push({ kind: 'charge-without-request', place, facts });
  }
  return findings;
}

function holdFacts(figures: RequestFigures, hold: HoldFigures): AuditFacts['hold-differs'] {
  const { state, heldTicks, chargedTicks, releasedTicks } = hold;
  return {
    state,
    heldTicks,
    chargedTicks,
    releasedTicks,
    bookedHeldTicks: figures.setAsideTicks,
    bookedChargedTicks: figures.chargedTicks,
    bookedReleasedTicks: figures.releasedTicks,
  };
}

export function unpaidRequest(
  requestId: string,
  costTicks: Ticks,
  chargedTicks: Ticks,
  account?: string,
  atMs?: number,
): AuditFinding {
  const place = requestPlace(requestId, account, atMs);
  return { kind: 'request-without-charge', place, facts: { costTicks, chargedTicks } };
}

export function unevenTransaction(transactionId: string, sumTicks: Ticks, account?: string): AuditFinding {
  return { kind: 'transaction-not-zero', place: { transactionId, account }, facts: { sumTicks } };
}

export function wrongDay(day: string, account: string, keyId: string, model: string): AuditFinding {
  return { kind: 'rollup-differs', place: { day, account, keyId, model }, facts: {} };
}

export function requestPlace(
  requestId: string,
  account: string | undefined,
  atMs: number | undefined,
): AuditPlace {
  return { requestId, account, day: atMs === undefined ? undefined : usageDay(atMs) };
}
