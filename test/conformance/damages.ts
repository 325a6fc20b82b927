import type { AuditFinding } from '../../src/storage/audit-finding.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { NOON_MS, priced, Samples } from './samples.ts';

/** Every kind of damage that an audit can name, and how somebody with an editor would bring it about. */
export const DAMAGES: readonly { kind: AuditFinding['kind']; how: string; sql: string }[] = [
  {
    kind: 'transaction-not-zero',
    how: 'a grant was made larger',
    sql: `UPDATE ledger_transactions SET available_ticks = available_ticks + 1 WHERE command = 'grant'`,
  },
  {
    kind: 'transaction-not-zero',
    how: 'what the operator gave was deleted',
    sql: 'UPDATE ledger_transactions SET credit_ticks = 0',
  },
  {
    kind: 'balance-differs',
    how: 'a balance was written over',
    sql: 'UPDATE wallets SET available_ticks = available_ticks + 1000000',
  },
  {
    kind: 'balance-differs',
    how: 'credit was moved to another wallet',
    sql: `UPDATE ledger_transactions SET wallet_number = (SELECT max(number) FROM wallets) WHERE command = 'grant'`,
  },
  {
    kind: 'negative-balance',
    how: 'a grant was deleted',
    sql: `DELETE FROM ledger_transactions WHERE command = 'grant'`,
  },
  { kind: 'negative-balance', how: 'a balance was made negative', sql: 'UPDATE wallets SET held_ticks = -5' },
  {
    kind: 'hold-without-end',
    how: 'the end of a hold was deleted',
    sql: `DELETE FROM ledger_transactions WHERE command = 'post'`,
  },
  {
    kind: 'hold-without-end',
    how: 'all transactions of an ended hold were deleted',
    sql: 'DELETE FROM ledger_transactions WHERE request_id IS NOT NULL',
  },
  {
    kind: 'hold-ended-twice',
    how: 'a second end was added under another step',
    sql: `INSERT INTO ledger_transactions (command, wallet_number, request_id, step, at_ms, available_ticks, held_ticks,
        credit_ticks, revenue_ticks, uncollected_ticks)
      SELECT 'void', wallet_number, request_id, -2, at_ms, 0, 0, 0, 0, 0 FROM ledger_transactions
      WHERE command = 'post' LIMIT 1`,
  },
  {
    kind: 'hold-differs',
    how: 'a hold was made larger',
    sql: `UPDATE holds SET held_ticks = held_ticks + 1`,
  },
  {
    kind: 'hold-differs',
    how: 'an ended hold was opened again',
    sql: `UPDATE holds SET state = 'held', charged_ticks = 0, released_ticks = 0`,
  },
  {
    kind: 'hold-differs',
    how: 'a posted hold was called voided',
    sql: `UPDATE holds SET state = 'voided' WHERE state = 'posted'`,
  },
  {
    kind: 'hold-differs',
    how: 'a charge was written over in the hold',
    sql: 'UPDATE holds SET charged_ticks = charged_ticks + 1',
  },
  { kind: 'hold-missing', how: 'holds were deleted', sql: 'DELETE FROM holds' },
  {
    kind: 'charge-without-request',
    how: 'the row of a charged request was deleted',
    sql: 'DELETE FROM requests',
  },
  {
    kind: 'charge-without-request',
    how: 'the cost in the row was made smaller',
    sql: 'UPDATE requests SET cost_ticks = cost_ticks - 1 WHERE cost_ticks > 0',
  },
  {
    kind: 'request-without-charge',
    how: 'the cost in the row was made larger',
    sql: 'UPDATE requests SET cost_ticks = cost_ticks + 1',
  },
  {
    kind: 'request-without-charge',
    how: 'a request was given a cost that nobody was charged',
    sql: `UPDATE requests SET id = 'another', cost_ticks = 5`,
  },
  {
    kind: 'request-misfiled',
    how: 'a charged request was given to another key',
    sql: `UPDATE requests SET key_id = 'another'`,
  },
  {
    kind: 'cost-differs-from-price',
    how: 'tokens were added to the bill and the report',
    sql: 'UPDATE requests SET output_tokens = output_tokens + 1, reported_output_tokens = reported_output_tokens + 1',
  },
  {
    kind: 'cost-differs-from-price',
    how: 'a price that requests were charged by was written over',
    sql: 'UPDATE model_prices SET input_ticks_per_token = input_ticks_per_token + 1',
  },
  {
    kind: 'cost-differs-from-price',
    how: 'a price became so large that sums leave the range of an integer',
    sql: 'UPDATE model_prices SET input_ticks_per_token = 1000000000000000000',
  },
  {
    kind: 'price-not-in-force',
    how: 'a younger price was put before the request',
    sql: `INSERT INTO model_prices SELECT model_id, ${NOON_MS - 3_600_000}, input_ticks_per_token,
      cached_input_ticks_per_token, image_input_ticks_per_token, audio_input_ticks_per_token, output_ticks_per_token
      FROM model_prices`,
  },
  {
    kind: 'usage-differs-from-report',
    how: 'the upstream reported fewer tokens than an exact bill has',
    sql: 'UPDATE requests SET reported_output_tokens = 4',
  },
  {
    kind: 'usage-differs-from-report',
    how: 'the upstream reported fewer cached tokens',
    sql: 'UPDATE requests SET reported_cached_input_tokens = 1',
  },
  {
    kind: 'usage-differs-from-report',
    how: 'the upstream reported more than an estimated bill has',
    sql: 'UPDATE requests SET estimated = 1, reported_output_tokens = 6',
  },
  {
    kind: 'usage-without-report',
    how: 'nobody reported what an exact bill has',
    sql: `UPDATE requests SET reported_input_tokens = NULL, reported_cached_input_tokens = NULL,
      reported_output_tokens = NULL, reported_reasoning_tokens = NULL`,
  },
  {
    kind: 'rollup-differs',
    how: 'a day was written over',
    sql: 'UPDATE usage_daily SET requests = requests + 1',
  },
  { kind: 'rollup-differs', how: 'a day was deleted', sql: 'DELETE FROM usage_daily' },
  {
    kind: 'rollup-differs',
    how: 'a request was moved to another day',
    sql: 'UPDATE requests SET at_ms = at_ms - 86400000',
  },
];

/** Sound books with a bit of everything that can be damaged: two wallets, a request that was charged, and an open hold. */
export async function keepSoundBooks(storage: Storage): Promise<void> {
  const samples = new Samples(storage, 'audit');
  const walletId = await samples.wallet(1_000n);
  await samples.wallet(0n);
  const posted = samples.hold(walletId, 100n);
  const open = samples.hold(walletId, 50n);
  await storage.ledger.hold(posted);
  await storage.ledger.hold(open);
  await storage.catalogue.put(priced(2n, 8n));
  await storage.ledger.post(samples.post(posted, 60n, { pricedFromMs: 0 }));
}
