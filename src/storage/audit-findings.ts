import type { HoldState } from '../domain/hold.ts';
import type { Ticks } from '../domain/money.ts';
import type { AuditFinding } from './ledger-store.ts';

/**
 * What an audit says about the figures that an engine has put together. The engines differ in how they fold their
 * entries; what counts as a fault is decided here, once.
 */
export interface WalletFigures {
  readonly walletId: string;
  /** The projections. */
  readonly availableTicks: Ticks;
  readonly heldTicks: Ticks;
  /** The folds of the wallet's entries. */
  readonly foldedAvailableTicks: Ticks;
  readonly foldedHeldTicks: Ticks;
}

export function walletFindings(figures: WalletFigures): AuditFinding[] {
  const { walletId, availableTicks, heldTicks, foldedAvailableTicks, foldedHeldTicks } = figures;
  const detail = `stored ${availableTicks} and ${heldTicks} held, entries fold to ${foldedAvailableTicks} and ${foldedHeldTicks} held`;
  const findings: AuditFinding[] = [];
  if (availableTicks !== foldedAvailableTicks || heldTicks !== foldedHeldTicks) {
    findings.push({ kind: 'balance-differs', subject: walletId, detail });
  }
  if ([availableTicks, heldTicks, foldedAvailableTicks, foldedHeldTicks].some((ticks) => ticks < 0n)) {
    findings.push({ kind: 'negative-balance', subject: walletId, detail });
  }
  return findings;
}

/** All that is stored about one request with a hold, from three sides. */
export interface RequestFigures {
  readonly requestId: string;
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
  const { requestId: subject, hold, ends, record } = figures;
  const finding = (kind: AuditFinding['kind'], detail: string): AuditFinding => ({ kind, subject, detail });
  if (hold === undefined) return [finding('hold-differs', 'transactions name a hold that does not exist')];
  if (ends > 1) return [finding('hold-ended-twice', `${ends} transactions ended it`)];

  const findings: AuditFinding[] = [];
  if (hold.heldTicks !== figures.setAsideTicks) {
    findings.push(
      finding('hold-differs', `it holds ${hold.heldTicks}, entries set aside ${figures.setAsideTicks}`),
    );
  }
  if (hold.state === 'held') {
    if (ends > 0) findings.push(finding('hold-differs', 'it is open, and a transaction ended it'));
    return findings;
  }
  if (ends === 0)
    return [...findings, finding('hold-without-end', `it is ${hold.state}, and no transaction ended it`)];
  if (
    figures.endCommand !== END_COMMANDS[hold.state] ||
    figures.emptiedTicks !== hold.heldTicks ||
    figures.chargedTicks !== hold.chargedTicks ||
    figures.releasedTicks !== hold.releasedTicks ||
    figures.uncollectedTicks !== hold.uncollectedTicks
  ) {
    const said = `it is ${hold.state}, charged ${hold.chargedTicks} and released ${hold.releasedTicks} of ${hold.heldTicks}`;
    const done = `entries charged ${figures.chargedTicks} and released ${figures.releasedTicks}`;
    findings.push(finding('hold-differs', `${said}; ${done}`));
  }
  if (
    record === undefined ||
    record.costTicks < figures.chargedTicks ||
    record.uncollectedTicks < figures.uncollectedTicks
  ) {
    const said = record === undefined ? 'there is no row of the request' : `its row says ${record.costTicks}`;
    findings.push(finding('charge-without-request', `it was charged ${figures.chargedTicks}, ${said}`));
  }
  return findings;
}

export function unpaidRequest(requestId: string, costTicks: Ticks, chargedTicks: Ticks): AuditFinding {
  const detail = `its row says ${costTicks}, its hold was charged ${chargedTicks}`;
  return { kind: 'request-without-charge', subject: requestId, detail };
}

export function unevenTransaction(transactionId: string, sumTicks: Ticks): AuditFinding {
  return { kind: 'transaction-not-zero', subject: transactionId, detail: `its entries sum to ${sumTicks}` };
}

export function wrongDay(day: string, organizationId: string, keyId: string, model: string): AuditFinding {
  const subject = `${day} ${organizationId} ${keyId} ${model}`;
  return { kind: 'rollup-differs', subject, detail: 'the day does not add up to its requests' };
}
