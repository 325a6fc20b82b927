import { Database } from 'bun:sqlite';
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { join } from 'node:path';
import { type RunningServer, startServer, stopServer } from '../fakes/running-server.ts';

/** What upstreams report, and what the audit makes of it, through the shipped server. */

const EXACT = { prompt_tokens: 3, completion_tokens: 1, total_tokens: 4 };

let server: RunningServer;
let upstream: Bun.Server<undefined>;
let usage: unknown = EXACT;

beforeAll(async () => {
  upstream = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch: () =>
      Response.json({
        id: 'x',
        object: 'chat.completion',
        created: 1,
        model: 'm',
        choices: [
          { index: 0, message: { role: 'assistant', content: 'word '.repeat(200) }, finish_reason: 'stop' },
        ],
        ...(usage === undefined ? {} : { usage }),
      }),
  });
  server = await startServer({
    TURNPIKE_LIMITS: 'off',
    TURNPIKE_UPSTREAM: `http://127.0.0.1:${upstream.port}/v1`,
  });
});
afterAll(async () => {
  await stopServer(server);
  await upstream.stop(true);
});

async function ask(reported: unknown): Promise<string> {
  usage = reported;
  const response = await server.post('/v1/chat/completions', {
    model: 'grok-beta',
    messages: [{ role: 'user', content: 'hi' }],
  });
  expect(response.status).toBe(200);
  return ((await response.json()) as { id: string }).id;
}

test('a bill beside its report says that it was estimated, and the audit says why', async () => {
  const enough = { ...EXACT, completion_tokens: 200, total_tokens: 203 };
  await ask(enough);
  await ask(undefined);
  await ask({ ...enough, prompt_tokens: -3 });
  await ask({ ...enough, prompt_tokens: 0 });
  await ask(EXACT);
  const audit = (await server.turnpike('audit')) as Record<string, unknown>;
  expect(audit).toMatchObject({
    findings: [],
    estimated_interrupted: 0,
    estimated_unreported: 2,
    estimated_without_prompt: 1,
    estimated_beyond_report: 1,
  });
  const { rows } = (await server.turnpike('usage', 'requests')) as { rows: Record<string, unknown>[] };
  expect(rows.map(({ estimated }) => estimated)).toEqual([true, true, true, true, false]);
  expect(
    rows.map(({ reported }) => reported && (reported as { output_tokens: number }).output_tokens),
  ).toEqual([1, 200, null, null, 200]);
});

test('a bill that somebody wrote over is named with its request, its day and what to do', async () => {
  const answered = await ask({ ...EXACT, completion_tokens: 200, total_tokens: 203 });
  // The tables follow the ledger by a moment; what reads them through the server waits for that.
  await server.turnpike('usage', 'requests');
  const database = new Database(join(server.dataDir, 'turnpike.db'));
  const row = database
    .query<{ id: string; organization_id: string }, []>(
      'SELECT * FROM requests ORDER BY sequence DESC LIMIT 1',
    )
    .get();
  database.query('UPDATE requests SET reported_output_tokens = 150 WHERE id = ?').run(row?.id ?? '');
  const { exitCode, stdout } = await server.run('audit');
  expect(answered).toBe(row?.id ?? '');
  expect(exitCode).toBe(1);
  const today = new Date().toISOString().slice(0, 10);
  expect(
    stdout,
  ).toContain(`1. Charged: 3 tokens in (0 cached), 200 out, 0 reasoning. The upstream reported 3 (0), 150, 0.
   team ${row?.organization_id} · request ${row?.id} · day (UTC) ${today} · model grok-beta
   → Look at the request`);
  expect(stdout).toContain('The books are not in order. Findings: 1.');
  database.query('UPDATE requests SET reported_output_tokens = 200 WHERE id = ?').run(row?.id ?? '');
  database.close();
  expect((await server.run('audit')).exitCode).toBe(0);
});

test('balances are not computed anew under a server', async () => {
  const { exitCode, stderr } = await server.run('audit', '--rebuild');
  expect({ exitCode, stderr }).toEqual({
    exitCode: 1,
    stderr: 'The server runs. Stop it first, so that nothing is written meanwhile.\n',
  });
});
