import { OPERATOR_TRANSACTIONS } from '../../console/move-credit.ts';
import { SIGN_UP_TRANSACTIONS } from '../../identity/sign-up-credit.ts';
import type { AuditReport, StatementLine } from '../../storage/ledger-store.ts';
import type { JsonObject } from './json-value.ts';
import { presentFinding } from './present-finding.ts';
import { presentMoment, presentMoney } from './present-money.ts';

export function presentStatementLine(line: StatementLine) {
  return {
    at: presentMoment(line.atMs),
    kind: line.kind,
    account: line.account.startsWith('held:') ? 'held' : 'available',
    ...presentMoney('amount', line.amountTicks),
    reason: reasonOf(line),
    request_id: line.requestId,
    model: line.model,
    memo: line.memo === '' ? null : line.memo,
    transaction_id: line.transactionId,
    sequence: line.sequence.toString(),
  } satisfies JsonObject;
}

function reasonOf({ transactionId, requestId }: StatementLine): 'request' | 'sign-up' | 'operator' | 'other' {
  if (requestId !== null) return 'request';
  if (transactionId.startsWith(SIGN_UP_TRANSACTIONS)) return 'sign-up';
  return transactionId.startsWith(OPERATOR_TRANSACTIONS) ? 'operator' : 'other';
}

/** What the last restore left in the settings: since when the books go on, and until when the backup had them. */
export function presentRestored(setting: string | undefined) {
  const note: { restoredAtMs?: number; madeAtMs?: number | null } = JSON.parse(setting ?? '{}');
  return {
    restored_at: presentMoment(note.restoredAtMs ?? null),
    backup_made_at: presentMoment(note.madeAtMs ?? null),
  } satisfies JsonObject;
}

export function presentAudit(report: AuditReport) {
  return {
    findings: report.findings.map(presentFinding),
    transactions: report.transactions,
    entries: report.entries,
    wallets: report.wallets,
    live_holds: report.liveHolds,
    lost_holds: report.lostHolds,
    estimated_interrupted: report.estimated.interrupted,
    estimated_unreported: report.estimated.unreported,
    estimated_without_prompt: report.estimated.withoutPrompt,
    estimated_beyond_report: report.estimated.beyondReport,
    ...presentMoney('available', report.totals.availableTicks),
    ...presentMoney('held', report.totals.heldTicks),
    ...presentMoney('granted', report.totals.grantedTicks),
    ...presentMoney('revenue', report.totals.revenueTicks),
    ...presentMoney('uncollected', report.totals.uncollectedTicks),
  } satisfies JsonObject;
}
