import type { RunningServer } from '../fakes/running-server.ts';

/** A line of `turnpike usage requests`. */
export interface RequestRow {
  readonly request_id: string;
  readonly outcome: string;
  readonly http_status: number;
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly cost_ticks: string;
  readonly uncollected_ticks: string;
}

/** A line of `turnpike credit statement`. */
export interface StatementRow {
  readonly transaction_id: string;
  readonly request_id: string | null;
  readonly kind: string;
  readonly account: 'available' | 'held';
  readonly amount_ticks: string;
}

/** Everything the server says about its money, through the commands that an operator has. */
export interface Books {
  readonly audit: {
    readonly findings: readonly unknown[];
    readonly live_holds: number;
    readonly lost_holds: number;
    readonly available_ticks: string;
    readonly held_ticks: string;
  };
  readonly requests: readonly RequestRow[];
  readonly statement: readonly StatementRow[];
}

/** Reads the books of the first account. Other engines than the one in the data folder say them in the same words. */
export async function readBooks(server: RunningServer): Promise<Books> {
  return {
    audit: (await server.turnpike('audit')) as Books['audit'],
    requests: await readRequests(server),
    statement: await allRows<StatementRow>(server, 'credit', 'statement'),
  };
}

/** What was asked of the first account, and what it cost. */
export function readRequests(server: RunningServer): Promise<readonly RequestRow[]> {
  return allRows(server, 'usage', 'requests');
}

async function allRows<Row>(server: RunningServer, ...command: string[]): Promise<readonly Row[]> {
  const rows: Row[] = [];
  let cursor: string | null = null;
  do {
    const further: string[] = cursor === null ? [] : ['--cursor', cursor];
    const page = (await server.turnpike(...command, '--limit', '1000', ...further)) as {
      rows: readonly Row[];
      next_cursor: string | null;
    };
    rows.push(...page.rows);
    cursor = page.next_cursor;
  } while (cursor !== null);
  return rows;
}
