import type { SQL } from 'bun';
import { FAILED_OUTCOMES } from '../usage-rollup.ts';
import { run } from './connection.ts';
import { DAY_COLUMNS, EXPECTED_DAYS } from './expected-days.ts';
import { faultOf } from './fault.ts';

/** Whoever wants four tables for itself may be the one that a deadlock is ended by; it tries so often. */
const ATTEMPTS = 5;

/**
 * Computes anew what is only a projection: balances from the entries, days from the requests. One transaction, in which
 * nobody else writes: a server on another machine waits, and turns calls away when that takes longer than its deadline.
 * A wallet whose entries come to less than nothing is left as it is: no balance is ever negative, and the audit names
 * it. `connection` is in no transaction.
 */
export async function rebuildProjections(connection: SQL): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await rebuildOnce(connection);
    } catch (error) {
      await run(connection, 'ROLLBACK').catch(() => {}); // What failed says more than this could.
      if (faultOf(error) !== 'again' || attempt === ATTEMPTS) throw error;
    }
  }
}

async function rebuildOnce(connection: SQL): Promise<void> {
  await run(connection, 'BEGIN');
  await run(
    connection,
    'LOCK TABLE wallets, ledger_transactions, requests, usage_daily IN SHARE ROW EXCLUSIVE MODE',
  );
  await run(connection, REBUILD_WALLETS);
  await run(connection, 'DELETE FROM usage_daily');
  await run(connection, `INSERT INTO usage_daily (${DAY_COLUMNS}) ${EXPECTED_DAYS}`, [FAILED_OUTCOMES]);
  await run(connection, 'COMMIT');
}

const REBUILD_WALLETS = `
  WITH folds AS (
    SELECT w.number, coalesce(sum(t.available_ticks), 0)::bigint AS available_ticks,
      coalesce(sum(t.held_ticks), 0)::bigint AS held_ticks
    FROM wallets w LEFT JOIN ledger_transactions t ON t.wallet_number = w.number
    GROUP BY w.number
  )
  UPDATE wallets SET available_ticks = folds.available_ticks, held_ticks = folds.held_ticks
  FROM folds
  WHERE folds.number = wallets.number AND folds.available_ticks >= 0 AND folds.held_ticks >= 0
    AND (wallets.available_ticks <> folds.available_ticks OR wallets.held_ticks <> folds.held_ticks)`;
