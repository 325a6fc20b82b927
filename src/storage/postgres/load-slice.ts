import type { SQL } from 'bun';
import { all, begin, type Result, run } from './connection.ts';
import type { LedgerNeeds } from './ledger-needs.ts';
import { LedgerSlice } from './ledger-slice.ts';

/**
 * Locks the wallets that commands concern, in the order of their numbers, and reads what their answers depend on. All
 * that belongs to a wallet (its holds, their requests and transactions, its keys' charges) changes under its lock only.
 * The statements go out together; each sees what was committed when the one before it, the locking one above all, was
 * done.
 */
export async function loadSlice(connection: SQL, needs: LedgerNeeds): Promise<LedgerSlice> {
  const begun = begin(connection);
  const wallets = run(connection, LOCK_WALLETS, [needs.walletIds, needs.holdIds]);
  const holds = run(connection, READ_HOLDS, [needs.holdIds]);
  const asides = [needs.asides.map(({ requestId }) => requestId), needs.asides.map(({ step }) => step)];
  const isNaming = needs.grantIds.length > 0 || needs.asides.length > 0;
  const transactions = runFirst(connection, isNaming ? READ_TRANSACTIONS : undefined, [
    needs.grantIds,
    ...asides,
  ]);
  const requests = runIf(connection, READ_REQUESTS, needs.requestIds);
  const isSpending = needs.spenders.length > 0 || needs.spendingHoldIds.length > 0;
  const spending = isSpending ? [READ_CHARGES, READ_OTHER_HOLDS] : [];
  const spenders = [
    needs.spenders.map(({ organizationId }) => organizationId),
    needs.spenders.map(({ keyId }) => keyId),
    needs.spenders.map(({ atMs }) => atMs),
    needs.spendingHoldIds,
  ];
  const [charges, otherHolds] = [
    runFirst(connection, spending[0], spenders),
    runFirst(connection, spending[1], [...spenders, needs.holdIds]),
  ];
  await all([begun, wallets, holds, transactions, requests, charges, otherHolds]);

  const slice = new LedgerSlice();
  for (const row of (await wallets).rows) slice.addWallet(row);
  for (const row of (await holds).rows) slice.addHold(row);
  for (const row of (await transactions)?.rows ?? []) slice.addTransaction(row);
  for (const row of (await requests)?.rows ?? []) slice.addRequest(row.id as string);
  for (const row of (await charges)?.rows ?? []) slice.addCharges(row);
  for (const row of (await otherHolds)?.rows ?? []) slice.addOtherHolds(row);
  return slice;
}

function runIf(connection: SQL, text: string, ids: readonly string[]): Promise<Result | undefined> {
  return runFirst(connection, ids.length === 0 ? undefined : text, [ids]);
}

async function runFirst(
  connection: SQL,
  text: string | undefined,
  parameters: readonly unknown[],
): Promise<Result | undefined> {
  return text === undefined ? undefined : run(connection, text, parameters);
}

/** In the order of the numbers: two batches that want the same wallets wait for each other, and never in a ring. */
const LOCK_WALLETS = `
  SELECT number, id, available_ticks, held_ticks FROM wallets
  WHERE number IN (
    SELECT number FROM wallets WHERE id = ANY($1::text[])
    UNION SELECT wallet_number FROM holds WHERE id = ANY($2::text[])
  ) ORDER BY number FOR NO KEY UPDATE`;

const READ_HOLDS = `
  SELECT h.id, w.id AS wallet_id, h.process_id, h.organization_id, h.user_id, h.key_id, h.model, h.channel,
    h.upstream_model, h.streamed, h.simulated, h.at_ms, h.state, h.held_ticks, h.input_tokens, h.cached_input_tokens,
    h.image_input_tokens, h.audio_input_tokens, h.output_tokens, h.reasoning_tokens, h.checkpoint_cost_ticks,
    h.checkpoint_at_ms, h.charged_ticks, h.released_ticks, h.uncollected_ticks
  FROM holds h JOIN wallets w ON w.number = h.wallet_number WHERE h.id = ANY($1::text[])`;

/** In two halves, so that each is found along its own index. */
const READ_TRANSACTIONS = `
  SELECT t.grant_id, t.request_id, t.step, t.command, w.id AS wallet_id, t.held_ticks
  FROM (
    SELECT * FROM ledger_transactions WHERE grant_id = ANY($1::text[])
    UNION ALL
    SELECT found.* FROM unnest($2::text[], $3::bigint[]) AS named (request_id, step)
    JOIN ledger_transactions found ON found.request_id = named.request_id AND found.step = named.step
  ) t JOIN wallets w ON w.number = t.wallet_number`;

const READ_REQUESTS = 'SELECT id FROM requests WHERE id = ANY($1::text[])';

/** Keys and the months in which it matters what they spent, whichever of the two periods is limited. */
const SPENDERS = `
  spenders AS (
    SELECT organization_id, key_id, to_char(to_timestamp(at_ms / 1000) AT TIME ZONE 'UTC', 'YYYY-MM') AS month
    FROM (
      SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[]) AS named (organization_id, key_id, at_ms)
      UNION SELECT organization_id, key_id, at_ms FROM holds WHERE id = ANY($4::text[])
    ) spending GROUP BY 1, 2, 3
  )`;

const READ_CHARGES = `
  WITH ${SPENDERS}
  SELECT u.organization_id, u.key_id, u.day, sum(u.cost_ticks)::bigint AS cost_ticks
  FROM spenders s CROSS JOIN generate_series(1, 31) AS date
  JOIN usage_daily u ON u.organization_id = s.organization_id AND u.key_id = s.key_id
    AND u.day = s.month || '-' || lpad(date::text, 2, '0')
  GROUP BY 1, 2, 3`;

/** By day, in the moment that the day begins; holds that commands name are not among them, they are read whole. */
const READ_OTHER_HOLDS = `
  WITH ${SPENDERS}
  SELECT h.key_id, h.at_ms / 86400000 * 86400000 AS at_ms, sum(h.held_ticks)::bigint AS held_ticks
  FROM holds h
  WHERE h.state = 'held' AND h.key_id IN (SELECT key_id FROM spenders) AND h.id <> ALL($5::text[])
  GROUP BY 1, 2`;
