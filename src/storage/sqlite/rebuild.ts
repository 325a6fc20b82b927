import type { Database } from 'bun:sqlite';
import { FAILED_OUTCOMES } from '../usage-rollup.ts';
import { DAY_COLUMNS, EXPECTED_DAYS } from './expected-days.ts';

/**
 * Computes anew what is only a projection: balances from the entries, days from the requests. One transaction, so that
 * nobody sees half of it and a process that dies on the way has changed nothing. A wallet whose entries come to less
 * than nothing is left as it is: no balance is ever negative, and the audit names it.
 */
export function rebuildProjections(database: Database): void {
  database
    .transaction(() => {
      database.run(REBUILD_WALLETS);
      database.run('DELETE FROM usage_daily');
      for (const [table, keys] of HOURS) {
        database.run(`DELETE FROM ${table}`);
        database.query(`INSERT INTO ${table} ${hoursBy(keys)}`).run(...FAILED_OUTCOMES);
      }
      database.query(`INSERT INTO usage_daily (${DAY_COLUMNS}) ${EXPECTED_DAYS}`).run(...FAILED_OUTCOMES);
    })
    .immediate();
}

/** The tables of hours, and what besides the hour their rows are of. */
const HOURS = [
  ['usage_hourly', 'organization_id, at_ms / 3600000, key_id, model'],
  ['channel_hourly', 'at_ms / 3600000, channel, model'],
] as const;

function hoursBy(keys: string): string {
  return `SELECT ${keys}, count(*), sum(outcome IN (${FAILED_OUTCOMES.map(() => '?').join(', ')})), sum(input_tokens),
      sum(cached_input_tokens), sum(output_tokens), sum(reasoning_tokens), sum(cost_ticks)
    FROM requests GROUP BY ${keys}`;
}

const REBUILD_WALLETS = `
  WITH folds AS (
    SELECT w.number, coalesce(sum(t.available_ticks), 0) AS available_ticks,
      coalesce(sum(t.held_ticks), 0) AS held_ticks
    FROM wallets w LEFT JOIN ledger_transactions t ON t.wallet_number = w.number
    GROUP BY w.number
  )
  UPDATE wallets SET available_ticks = folds.available_ticks, held_ticks = folds.held_ticks
  FROM folds
  WHERE folds.number = wallets.number AND folds.available_ticks >= 0 AND folds.held_ticks >= 0`;
