import type { RunningServer } from '../fakes/running-server.ts';

/** A row of `turnpike usage requests --json`, as far as these tests look at it. */
export interface RequestRow {
  readonly request_id: string;
  readonly model: string;
  readonly outcome: string;
  readonly http_status: number;
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly cost_ticks: string;
  readonly queued_ms: number;
  readonly streamed: boolean;
}

/** The newest requests of the first team, the newest first. */
export async function readRequests(server: RunningServer, count: number): Promise<readonly RequestRow[]> {
  const answer = await server.turnpike('usage', 'requests', '--limit', String(count));
  return (answer as { rows: RequestRow[] }).rows;
}

/** What all of them cost together, in ticks. */
export function costOf(rows: readonly RequestRow[]): bigint {
  return rows.reduce((sum, { cost_ticks }) => sum + BigInt(cost_ticks), 0n);
}

/** What is left, in ticks, and what open requests hold. */
export async function readBalance(server: RunningServer): Promise<{ available: bigint; held: bigint }> {
  const { available_ticks, held_ticks } = (await server.turnpike('credit', 'balance')) as Record<
    string,
    string
  >;
  return { available: BigInt(available_ticks ?? -1), held: BigInt(held_ticks ?? -1) };
}

const ATTEMPTS = 50;

/** The newest request, once it is as expected: a client that hangs up does not wait for its record. */
export async function waitForRequest(
  server: RunningServer,
  isExpected: (row: RequestRow) => boolean,
): Promise<RequestRow> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const [row] = await readRequests(server, 1);
    if (row !== undefined && isExpected(row)) return row;
    await Bun.sleep(100);
  }
  throw new Error('The request was never recorded as expected.');
}
