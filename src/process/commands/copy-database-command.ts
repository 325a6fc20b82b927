import { isRefusal, refuse } from '../../domain/refusal.ts';
import { defineCommand, facts, table } from './command.ts';
import { requiredOption } from './parameter.ts';
import { presentMoney } from './present-money.ts';
import { databaseAddress } from './value-kind.ts';

/** From the file in the data folder to a PostgreSQL server. */
export const copyDatabaseCommand = defineCommand({
  name: 'copy-database',
  // The data folder stays as it is.
  mutates: false,
  parameters: { to: requiredOption(databaseAddress) },
  view: [
    facts('database', 'rows', 'wallets', 'transactions', 'entries', 'available_ticks', 'held_ticks'),
    table('tables', 'table', 'rows'),
  ],
  async run({ copyDatabase }, { to }) {
    // What a server wrote while its database was copied would be missing in the copy.
    if (copyDatabase === undefined) return refuse('server-runs');
    const copy = await copyDatabase(to);
    if (isRefusal(copy)) return copy;
    const { audit, tables } = copy;
    return {
      database: copy.database,
      rows: tables.reduce((sum, { rows }) => sum + rows, 0),
      wallets: audit.wallets,
      transactions: audit.transactions,
      entries: audit.entries,
      ...presentMoney('available', audit.totals.availableTicks),
      ...presentMoney('held', audit.totals.heldTicks),
      tables: tables.map(({ table, rows }) => ({ table, rows })),
    };
  },
});
