import { MAXIMUM_TICKS, type Ticks } from '../domain/money.ts';
import { cost, type PriceSheet } from '../domain/price.ts';
import { isSaneUsage, type ReportedUsage, type TokenUsage } from '../domain/usage.ts';
import type { AuditFinding } from './audit-finding.ts';
import { requestPlace } from './audit-findings.ts';
import type { RequestRecord } from './usage-store.ts';

/**
 * A new price reaches every process within a second or so, and a request is priced when it comes and held when its
 * turn has come. Nearer than this to a change, either price is right.
 */
export const PRICE_CHANGE_SPREADS_WITHIN_MS = 60_000;

/** A charged request, with what it was charged by and what its upstream said. */
export interface BillFigures {
  readonly requestId: string;
  readonly account: string;
  readonly keyId: string;
  readonly model: string;
  readonly atMs: number;
  readonly usage: TokenUsage;
  readonly estimated: boolean;
  readonly reported: ReportedUsage | null;
  /** Null in rows of before it was kept: such a bill is held against nothing here. */
  readonly pricedFromMs: number | null;
  /** Charged and not collected together. */
  readonly costTicks: Ticks;
  /** Undefined where the sheet is gone with its model. */
  readonly sheet: PriceSheet | undefined;
  /** The youngest sheet that was valid `PRICE_CHANGE_SPREADS_WITHIN_MS` before the request came, if there is one. */
  readonly inForceFromMs: number | undefined;
  /** Who the hold was charged to. */
  readonly hold: { readonly account: string; readonly keyId: string; readonly model: string };
}

export function billFindings(bill: BillFigures): AuditFinding[] {
  const { usage, hold, sheet, pricedFromMs } = bill;
  const place = { ...requestPlace(bill.requestId, bill.account, bill.atMs), model: bill.model };
  const findings: AuditFinding[] = [];
  if (hold.account !== bill.account || hold.keyId !== bill.keyId || hold.model !== bill.model) {
    findings.push({ kind: 'request-misfiled', place, facts: { heldBy: hold.account } });
  }
  if (pricedFromMs === null) return findings;
  const pricedTicks = sheet === undefined ? undefined : priceOf(sheet, usage);
  if (pricedTicks !== undefined && pricedTicks !== bill.costTicks) {
    const facts = { costTicks: bill.costTicks, pricedTicks };
    findings.push({ kind: 'cost-differs-from-price', place, facts });
  }
  if (sheet !== undefined && !wasInForce(bill, pricedFromMs)) {
    findings.push({ kind: 'price-not-in-force', place, facts: { pricedFromMs, atMs: bill.atMs } });
  }
  if (bill.reported === null) {
    if (!bill.estimated) findings.push({ kind: 'usage-without-report', place, facts: { usage } });
  } else if (!isExplained(bill, bill.reported)) {
    const facts = { usage, reported: bill.reported, estimated: bill.estimated };
    findings.push({ kind: 'usage-differs-from-report', place, facts });
  }
  return findings;
}

/** Undefined for a usage that nothing can cost. */
function priceOf(sheet: PriceSheet, usage: TokenUsage): Ticks | undefined {
  if (!isSaneUsage(usage)) return undefined;
  const ticks = cost(sheet, usage);
  return ticks > MAXIMUM_TICKS ? MAXIMUM_TICKS : ticks;
}

function wasInForce({ atMs, inForceFromMs }: BillFigures, pricedFromMs: number): boolean {
  return pricedFromMs <= atMs && (inForceFromMs === undefined || inForceFromMs <= pricedFromMs);
}

/**
 * An exact bill is the upstream's report. One that says it was counted by us may differ from it in two ways: a prompt
 * that was reported as nothing, and output that was relayed beyond what was reported.
 */
function isExplained({ usage, estimated }: BillFigures, reported: ReportedUsage): boolean {
  return (
    usage.cachedInputTokens === reported.cachedInputTokens &&
    usage.reasoningTokens === reported.reasoningTokens &&
    (usage.inputTokens === reported.inputTokens || (estimated && reported.inputTokens === 0)) &&
    (usage.outputTokens === reported.outputTokens ||
      (estimated && usage.outputTokens > reported.outputTokens))
  );
}

/** Why bills that nobody else reported so were counted by us, and how many of each. */
export interface EstimatedBills {
  /** Their process died. */
  readonly interrupted: number;
  /** The upstream reported nothing, or nothing sane, or was cut off before it did. */
  readonly unreported: number;
  /** The upstream reported a prompt of no tokens. */
  readonly withoutPrompt: number;
  /** More was relayed than the upstream had reported. */
  readonly beyondReport: number;
}

export function estimateReason({
  outcome,
  reported,
}: Pick<RequestRecord, 'outcome' | 'reported'>): keyof EstimatedBills {
  if (outcome === 'interrupted') return 'interrupted';
  if (reported === null) return 'unreported';
  return reported.inputTokens === 0 ? 'withoutPrompt' : 'beyondReport';
}
