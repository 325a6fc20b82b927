import type { CodeRow } from '../../storage/code-store.ts';
import type { JsonObject } from './json-value.ts';
import { presentMoment, presentMoney } from './present-money.ts';

/** A code without its hash. Its text is known to whoever has it, and to nobody here. */
export function presentCode(row: CodeRow, nowMs: number): JsonObject {
  return {
    id: row.id,
    state: stateOf(row, nowMs),
    ...presentMoney('amount', row.amountTicks),
    uses: row.uses,
    most_uses: row.mostUses,
    memo: row.memo,
    expires_at: presentMoment(row.expiresAtMs),
    created_at: presentMoment(row.createdAtMs),
  };
}

function stateOf(row: CodeRow, nowMs: number): 'open' | 'used' | 'expired' | 'ended' {
  if (row.endedAtMs !== null) return 'ended';
  if (row.uses >= row.mostUses) return 'used';
  return row.expiresAtMs !== null && row.expiresAtMs <= nowMs ? 'expired' : 'open';
}
