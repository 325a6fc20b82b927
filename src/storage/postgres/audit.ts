import type { SQL } from 'bun';
import type { HoldState } from '../../domain/hold.ts';
import type { Ticks } from '../../domain/money.ts';
import {
  type RequestFigures,
  requestFindings,
  unevenTransaction,
  walletFindings,
  wrongDay,
} from '../audit-findings.ts';
import type { AuditReport } from '../ledger-store.ts';
import { FAILED_OUTCOMES } from '../usage-rollup.ts';
import { countEstimated, findWrongBills } from './audit-bills.ts';
import { run } from './connection.ts';
import { DAY_COLUMNS, EXPECTED_DAYS } from './expected-days.ts';
import { IS_ALIVE } from './process-registry.ts';

/** Findings of one kind of check; more of the same tells nobody more. */
const MAXIMUM_FINDINGS = 100;

/**
 * Holds the whole database against itself on one snapshot: everything that is stored twice is computed anew. SQL
 * adds up and picks out what does not match; only that is brought here. `connection` is in no transaction.
 */
export async function auditDatabase(
  connection: SQL,
  liveProcessId: string | undefined,
): Promise<AuditReport> {
  await run(connection, 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  const uneven = await read<UnevenRow>(connection, UNEVEN_TRANSACTIONS);
  const wallets = await read<WalletFiguresRow>(connection, WALLETS);
  const requests = [
    ...(await read<RequestFiguresRow>(connection, REQUESTS_WITH_TRANSACTIONS)),
    ...(await read<RequestFiguresRow>(connection, HOLDS_WITHOUT_TRANSACTIONS)),
  ];
  const bills = await findWrongBills(connection, MAXIMUM_FINDINGS);
  const days = await read<DayRow>(connection, WRONG_DAYS, [FAILED_OUTCOMES]);
  const counts = await countAll(connection, liveProcessId);
  await run(connection, 'COMMIT');
  return {
    findings: [
      ...uneven.map((row) => unevenTransaction(row.id, BigInt(row.sum_ticks), row.wallet_id ?? undefined)),
      ...wallets.flatMap((row) =>
        walletFindings({
          walletId: row.id,
          availableTicks: row.available_ticks,
          heldTicks: row.held_ticks,
          foldedAvailableTicks: row.folded_available_ticks,
          foldedHeldTicks: row.folded_held_ticks,
        }),
      ),
      ...requests.map(requestFigures).flatMap(requestFindings),
      ...bills,
      ...days.map((row) => wrongDay(row.day, row.organization_id, row.key_id, row.model)),
    ],
    ...counts,
  };
}

async function countAll(
  connection: SQL,
  liveProcessId: string | undefined,
): Promise<Omit<AuditReport, 'findings'>> {
  const [counts] = await read<CountRow>(connection, COUNTS, [liveProcessId ?? null]);
  // As text: the operator's accounts grow for ever, and may leave the range of a column.
  const [folds] = await read<FoldRow>(connection, FOLDS);
  const estimated = await countEstimated(connection);
  const open = Number(counts?.open_holds ?? 0n);
  const liveHolds = Number(counts?.live_holds ?? 0n);
  return {
    transactions: Number(counts?.transactions ?? 0n),
    entries: Number(counts?.entries ?? 0n),
    wallets: Number(counts?.wallets ?? 0n),
    liveHolds,
    lostHolds: open - liveHolds,
    estimated,
    totals: {
      availableTicks: BigInt(folds?.available ?? 0),
      heldTicks: BigInt(folds?.held ?? 0),
      grantedTicks: BigInt(folds?.credit ?? 0),
      revenueTicks: BigInt(folds?.revenue ?? 0),
      uncollectedTicks: BigInt(folds?.uncollected ?? 0),
    },
  };
}

/** The rows are those that the statement selects. */
async function read<Rows>(
  connection: SQL,
  text: string,
  parameters: readonly unknown[] = [],
): Promise<Rows[]> {
  return (await run(connection, text, parameters)).rows as Rows[];
}

interface UnevenRow {
  readonly id: string;
  readonly sum_ticks: string;
  readonly wallet_id: string | null;
}

const SUM = `t.available_ticks::numeric + t.held_ticks + t.credit_ticks + t.revenue_ticks + t.uncollected_ticks`;

const UNEVEN_TRANSACTIONS = `
  SELECT coalesce(t.grant_id, 'request:' || t.request_id || ':' || t.command) AS id, (${SUM})::text AS sum_ticks,
    w.id AS wallet_id
  FROM ledger_transactions t LEFT JOIN wallets w ON w.number = t.wallet_number WHERE ${SUM} <> 0
  LIMIT ${MAXIMUM_FINDINGS}`;

interface WalletFiguresRow {
  readonly id: string;
  readonly available_ticks: Ticks;
  readonly held_ticks: Ticks;
  readonly folded_available_ticks: Ticks;
  readonly folded_held_ticks: Ticks;
}

const WALLETS = `
  WITH folds AS (
    SELECT wallet_number, sum(available_ticks)::bigint AS available_ticks, sum(held_ticks)::bigint AS held_ticks
    FROM ledger_transactions GROUP BY wallet_number
  ), figures AS (
    SELECT w.id, w.available_ticks, w.held_ticks,
      coalesce(f.available_ticks, 0) AS folded_available_ticks, coalesce(f.held_ticks, 0) AS folded_held_ticks
    FROM wallets w LEFT JOIN folds f ON f.wallet_number = w.number
  )
  SELECT * FROM figures
  WHERE available_ticks <> folded_available_ticks OR held_ticks <> folded_held_ticks
    OR available_ticks < 0 OR held_ticks < 0
  LIMIT ${MAXIMUM_FINDINGS}`;

interface RequestFiguresRow {
  readonly request_id: string;
  readonly wallet_id: string | null;
  readonly at_ms: bigint | null;
  readonly state: HoldState | null;
  readonly hold_held_ticks: Ticks;
  readonly hold_charged_ticks: Ticks;
  readonly hold_released_ticks: Ticks;
  readonly hold_uncollected_ticks: Ticks;
  readonly set_aside_ticks: Ticks;
  readonly emptied_ticks: Ticks;
  readonly charged_ticks: Ticks;
  readonly released_ticks: Ticks;
  readonly uncollected_ticks: Ticks;
  readonly ends: bigint;
  readonly end_command: string | null;
  readonly recorded_id: string | null;
  readonly recorded_cost_ticks: Ticks;
  readonly recorded_uncollected_ticks: Ticks;
}

function requestFigures(row: RequestFiguresRow): RequestFigures {
  return {
    requestId: row.request_id,
    walletId: row.wallet_id ?? undefined,
    atMs: row.at_ms === null ? undefined : Number(row.at_ms),
    hold:
      row.state === null
        ? undefined
        : {
            state: row.state,
            heldTicks: row.hold_held_ticks,
            chargedTicks: row.hold_charged_ticks,
            releasedTicks: row.hold_released_ticks,
            uncollectedTicks: row.hold_uncollected_ticks,
          },
    setAsideTicks: row.set_aside_ticks,
    emptiedTicks: row.emptied_ticks,
    chargedTicks: row.charged_ticks,
    releasedTicks: row.released_ticks,
    uncollectedTicks: row.uncollected_ticks,
    ends: Number(row.ends),
    endCommand: row.end_command,
    record:
      row.recorded_id === null
        ? undefined
        : { costTicks: row.recorded_cost_ticks, uncollectedTicks: row.recorded_uncollected_ticks },
  };
}

const HOLD_COLUMNS = `h.state, h.held_ticks AS hold_held_ticks, h.charged_ticks AS hold_charged_ticks,
      h.released_ticks AS hold_released_ticks, h.uncollected_ticks AS hold_uncollected_ticks`;

const RECORD_COLUMNS = `q.id AS recorded_id, q.cost_ticks AS recorded_cost_ticks,
      q.uncollected_ticks AS recorded_uncollected_ticks`;

/**
 * A request is charged what the operator earned without what nobody pays; what an end gives back to the wallet is
 * released, unless it took something from there.
 */
const REQUESTS_WITH_TRANSACTIONS = `
  WITH booked AS (
    SELECT *, command NOT IN ('hold', 'extend') AS is_end FROM ledger_transactions WHERE request_id IS NOT NULL
  ), per_request AS (
    SELECT request_id, min(wallet_number) AS first_wallet, max(wallet_number) AS last_wallet, min(at_ms) AS at_ms,
      coalesce(sum(held_ticks) FILTER (WHERE NOT is_end), 0)::bigint AS set_aside_ticks,
      coalesce(-sum(held_ticks) FILTER (WHERE is_end), 0)::bigint AS emptied_ticks,
      sum(revenue_ticks + uncollected_ticks)::bigint AS charged_ticks,
      coalesce(sum(greatest(0, available_ticks)) FILTER (WHERE is_end), 0)::bigint AS released_ticks,
      -sum(uncollected_ticks)::bigint AS uncollected_ticks,
      count(*) FILTER (WHERE is_end) AS ends, max(command) FILTER (WHERE is_end) AS end_command
    FROM booked GROUP BY request_id
  )
  SELECT r.*, w.id AS wallet_id, ${HOLD_COLUMNS}, ${RECORD_COLUMNS}
  FROM per_request r LEFT JOIN wallets w ON w.number = r.first_wallet
  LEFT JOIN holds h ON h.id = r.request_id LEFT JOIN requests q ON q.id = r.request_id
  WHERE h.id IS NULL OR r.ends > 1 OR r.set_aside_ticks <> h.held_ticks
    OR r.first_wallet <> h.wallet_number OR r.last_wallet <> h.wallet_number
    OR (h.state = 'held') <> (r.ends = 0)
    OR (h.state <> 'held' AND (
      r.end_command <> CASE h.state WHEN 'posted' THEN 'post' WHEN 'voided' THEN 'void' ELSE 'expire' END
      OR r.emptied_ticks <> h.held_ticks OR r.charged_ticks <> h.charged_ticks
      OR r.released_ticks <> h.released_ticks OR r.uncollected_ticks <> h.uncollected_ticks
      OR q.id IS NULL OR q.cost_ticks <> r.charged_ticks OR q.uncollected_ticks <> r.uncollected_ticks))
  LIMIT ${MAXIMUM_FINDINGS}`;

/** Every hold begins with a transaction of step 0. */
const HOLDS_WITHOUT_TRANSACTIONS = `
  SELECT h.id AS request_id, w.id AS wallet_id, h.at_ms, ${HOLD_COLUMNS}, ${RECORD_COLUMNS}, -1::bigint AS set_aside_ticks,
    0::bigint AS emptied_ticks, 0::bigint AS charged_ticks, 0::bigint AS released_ticks, 0::bigint AS uncollected_ticks,
    0::bigint AS ends, NULL AS end_command
  FROM holds h LEFT JOIN requests q ON q.id = h.id LEFT JOIN wallets w ON w.number = h.wallet_number
  WHERE NOT EXISTS (SELECT 1 FROM ledger_transactions t WHERE t.request_id = h.id AND t.step = 0)
  LIMIT ${MAXIMUM_FINDINGS}`;

interface DayRow {
  readonly day: string;
  readonly organization_id: string;
  readonly key_id: string;
  readonly model: string;
}

const WRONG_DAYS = `
  WITH expected AS (${EXPECTED_DAYS}), stored AS (SELECT ${DAY_COLUMNS} FROM usage_daily)
  SELECT DISTINCT organization_id, day, key_id, model FROM (
    (SELECT * FROM expected EXCEPT SELECT * FROM stored)
    UNION ALL
    (SELECT * FROM stored EXCEPT SELECT * FROM expected)
  ) wrong
  LIMIT ${MAXIMUM_FINDINGS}`;

interface CountRow {
  readonly transactions: bigint;
  readonly entries: bigint;
  readonly wallets: bigint;
  readonly open_holds: bigint;
  readonly live_holds: bigint;
}

/** How many entries a transaction stands for: two for each movement. An end may make four. */
const ENTRIES = `2 * CASE WHEN command IN ('grant', 'withdraw', 'hold', 'extend') THEN (available_ticks <> 0)::int
  ELSE (revenue_ticks + uncollected_ticks + least(0, available_ticks) > 0)::int + (available_ticks <> 0)::int
    + (uncollected_ticks <> 0)::int END`;

const COUNTS = `
  SELECT (SELECT count(*) FROM ledger_transactions) AS transactions,
    (SELECT coalesce(sum(${ENTRIES}), 0)::bigint FROM ledger_transactions) AS entries,
    (SELECT count(*) FROM wallets) AS wallets,
    (SELECT count(*) FROM holds WHERE state = 'held') AS open_holds,
    (SELECT count(*) FROM holds h WHERE state = 'held'
      AND (process_id = $1 OR ${IS_ALIVE})) AS live_holds`;

type FoldRow = Readonly<Record<'available' | 'held' | 'credit' | 'revenue' | 'uncollected', string | null>>;

const FOLDS = `SELECT ${['available', 'held', 'credit', 'revenue', 'uncollected']
  .map((account) => `sum(${account}_ticks)::text AS ${account}`)
  .join(', ')} FROM ledger_transactions`;
