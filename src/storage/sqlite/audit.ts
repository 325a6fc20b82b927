import type { Database, SQLQueryBindings } from 'bun:sqlite';
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
import { DAY_COLUMNS, EXPECTED_DAYS } from './expected-days.ts';

/** Findings of one kind of check; more of the same tells nobody more. */
const MAXIMUM_FINDINGS = 100;

/** Requests, holds and transactions are joined by their names, in no order: a cache of the indexes' upper pages helps. */
const CACHE_KIB = 32 * 1024;

/**
 * Holds the whole database against itself on one snapshot: everything that is stored twice is computed anew. SQL
 * adds up and picks out what does not match; only that is brought here. So it takes as long as there are rows, and as
 * much memory as the cache: what SQLite must sort does not stay in memory. The connection is the caller's own for this.
 */
export function auditDatabase(database: Database, liveProcessId: string | undefined): AuditReport {
  database.run(`PRAGMA cache_size = -${CACHE_KIB}`);
  return database.transaction(() => ({
    findings: [
      ...read<UnevenRow>(database, UNEVEN_TRANSACTIONS).map((row) =>
        unevenTransaction(row.id, row.sum_ticks, row.wallet_id ?? undefined),
      ),
      ...read<WalletFiguresRow>(database, WALLETS).flatMap((row) =>
        walletFindings({
          walletId: row.id,
          availableTicks: row.available_ticks,
          heldTicks: row.held_ticks,
          foldedAvailableTicks: row.folded_available_ticks,
          foldedHeldTicks: row.folded_held_ticks,
        }),
      ),
      ...read<RequestFiguresRow>(database, REQUESTS_WITH_TRANSACTIONS)
        .map(requestFigures)
        .flatMap(requestFindings),
      ...read<RequestFiguresRow>(database, HOLDS_WITHOUT_TRANSACTIONS)
        .map(requestFigures)
        .flatMap(requestFindings),
      ...findWrongBills(database, MAXIMUM_FINDINGS),
      ...read<DayRow>(database, WRONG_DAYS, FAILED_OUTCOMES).map((row) =>
        wrongDay(row.day, row.organization_id, row.key_id, row.model),
      ),
    ],
    ...countAll(database, liveProcessId),
  }))();
}

function countAll(database: Database, liveProcessId: string | undefined): Omit<AuditReport, 'findings'> {
  const [counts] = read<CountRow>(database, COUNTS, [liveProcessId ?? null]);
  const [folds] = read<FoldRow>(database, FOLDS);
  const open = Number(counts?.open_holds ?? 0n);
  const liveHolds = Number(counts?.live_holds ?? 0n);
  return {
    transactions: Number(counts?.transactions ?? 0n),
    entries: Number(counts?.entries ?? 0n),
    wallets: Number(counts?.wallets ?? 0n),
    liveHolds,
    lostHolds: open - liveHolds,
    estimated: countEstimated(database),
    totals: {
      availableTicks: whole(folds?.available_high, folds?.available_low),
      heldTicks: whole(folds?.held_high, folds?.held_low),
      grantedTicks: whole(folds?.credit_high, folds?.credit_low),
      revenueTicks: whole(folds?.revenue_high, folds?.revenue_low),
      uncollectedTicks: whole(folds?.uncollected_high, folds?.uncollected_low),
    },
  };
}

function read<Row>(database: Database, sql: string, parameters: readonly SQLQueryBindings[] = []): Row[] {
  return database.query<Row, SQLQueryBindings[]>(sql).all(...parameters);
}

interface UnevenRow {
  readonly id: string;
  readonly sum_ticks: Ticks;
  readonly wallet_id: string | null;
}

const SUM = 't.available_ticks + t.held_ticks + t.credit_ticks + t.revenue_ticks + t.uncollected_ticks';

const UNEVEN_TRANSACTIONS = `
  SELECT coalesce(t.grant_id, 'request:' || t.request_id || ':' || t.command) AS id, ${SUM} AS sum_ticks, w.id AS wallet_id
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
    SELECT wallet_number, sum(available_ticks) AS available_ticks, sum(held_ticks) AS held_ticks
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
  WITH per_request AS (
    SELECT request_id, min(wallet_number) AS first_wallet, max(wallet_number) AS last_wallet,
      min(at_ms) AS at_ms,
      coalesce(sum(held_ticks) FILTER (WHERE command IN ('hold', 'extend')), 0) AS set_aside_ticks,
      coalesce(-sum(held_ticks) FILTER (WHERE command NOT IN ('hold', 'extend')), 0) AS emptied_ticks,
      sum(revenue_ticks + uncollected_ticks) AS charged_ticks,
      coalesce(sum(max(0, available_ticks)) FILTER (WHERE command NOT IN ('hold', 'extend')), 0) AS released_ticks,
      -sum(uncollected_ticks) AS uncollected_ticks,
      sum(command NOT IN ('hold', 'extend')) AS ends,
      max(command) FILTER (WHERE command NOT IN ('hold', 'extend')) AS end_command
    FROM ledger_transactions WHERE request_id IS NOT NULL GROUP BY request_id
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
  SELECT h.id AS request_id, w.id AS wallet_id, h.at_ms, ${HOLD_COLUMNS}, ${RECORD_COLUMNS}, -1 AS set_aside_ticks, 0 AS emptied_ticks,
    0 AS charged_ticks, 0 AS released_ticks, 0 AS uncollected_ticks, 0 AS ends, NULL AS end_command
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
  WITH expected AS (${EXPECTED_DAYS}
  ), stored AS (
    SELECT ${DAY_COLUMNS} FROM usage_daily
  )
  SELECT DISTINCT organization_id, day, key_id, model FROM (
    SELECT * FROM (SELECT * FROM expected EXCEPT SELECT * FROM stored)
    UNION ALL
    SELECT * FROM (SELECT * FROM stored EXCEPT SELECT * FROM expected)
  )
  LIMIT ${MAXIMUM_FINDINGS}`;

interface CountRow {
  readonly transactions: bigint;
  readonly entries: bigint;
  readonly wallets: bigint;
  readonly open_holds: bigint;
  readonly live_holds: bigint;
}

/** How many entries a transaction stands for: two for each movement. An end may make four. */
const ENTRIES = `2 * CASE WHEN command IN ('grant', 'withdraw', 'hold', 'extend') THEN available_ticks <> 0
  ELSE (revenue_ticks + uncollected_ticks + min(0, available_ticks) > 0) + (available_ticks <> 0)
    + (uncollected_ticks <> 0) END`;

const COUNTS = `
  SELECT (SELECT count(*) FROM ledger_transactions) AS transactions,
    (SELECT coalesce(sum(${ENTRIES}), 0) FROM ledger_transactions) AS entries,
    (SELECT count(*) FROM wallets) AS wallets,
    (SELECT count(*) FROM holds WHERE state = 'held') AS open_holds,
    (SELECT count(*) FROM holds WHERE state = 'held' AND process_id = ?) AS live_holds`;

interface FoldRow {
  readonly available_high: bigint | null;
  readonly available_low: bigint | null;
  readonly held_high: bigint | null;
  readonly held_low: bigint | null;
  readonly credit_high: bigint | null;
  readonly credit_low: bigint | null;
  readonly revenue_high: bigint | null;
  readonly revenue_low: bigint | null;
  readonly uncollected_high: bigint | null;
  readonly uncollected_low: bigint | null;
}

/** In two halves: the operator's accounts grow for ever, and a plain sum would fail beyond 2^63 ticks. */
const FOLDS = `SELECT ${['available', 'held', 'credit', 'revenue', 'uncollected']
  .map(
    (account) =>
      `sum(${account}_ticks >> 32) AS ${account}_high, sum(${account}_ticks & 4294967295) AS ${account}_low`,
  )
  .join(', ')} FROM ledger_transactions`;

function whole(high: bigint | null | undefined, low: bigint | null | undefined): Ticks {
  return (high ?? 0n) * 2n ** 32n + (low ?? 0n);
}
