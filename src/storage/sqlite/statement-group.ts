import type { Database, SQLQueryBindings } from 'bun:sqlite';
import { type Fault, faultOf } from './fault.ts';

/** A compiled statement on its way to the writer. */
export interface PostedStatement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
  /** If it changes no row, nothing of its group is kept. */
  readonly guarded: boolean;
}

export type GroupAnswer =
  | { readonly outcome: 'done'; readonly results: readonly StatementResult[] }
  | { readonly outcome: 'stopped' }
  | { readonly outcome: 'conflict'; readonly fault: Fault };

export interface StatementResult {
  readonly rows: readonly unknown[];
  readonly changes: number;
}

class Stopped extends Error {}

/**
 * Runs statements as one step of the open transaction. A guard or a broken rule takes back this group only: a
 * duplicate name must not cost the rest of its batch anything.
 */
export function runStatementGroup(database: Database, statements: readonly PostedStatement[]): GroupAnswer {
  database.run('SAVEPOINT statement_group');
  try {
    const results = statements.map((statement) => runStatement(database, statement));
    database.run('RELEASE statement_group');
    return { outcome: 'done', results };
  } catch (error) {
    const fault = faultOf(error);
    if (!(error instanceof Stopped) && fault.kind !== 'conflict') throw error;
    database.run('ROLLBACK TO statement_group');
    database.run('RELEASE statement_group');
    return error instanceof Stopped ? { outcome: 'stopped' } : { outcome: 'conflict', fault };
  }
}

function runStatement(database: Database, { sql, parameters, guarded }: PostedStatement): StatementResult {
  const statement = database.query(sql);
  const bindings = parameters as SQLQueryBindings[];
  // A statement with columns returns rows; the others say how many they changed.
  const returnsRows = statement.columnNames.length > 0;
  const result = returnsRows
    ? { rows: statement.all(...bindings), changes: 0 }
    : { rows: [], changes: statement.run(...bindings).changes };
  if (guarded && result.changes === 0) throw new Stopped();
  return result;
}
