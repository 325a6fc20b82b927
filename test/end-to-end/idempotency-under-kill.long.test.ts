import { expect, test } from 'bun:test';
import { rmSync } from 'node:fs';
import { startServer, stopServer } from '../fakes/running-server.ts';

/**
 * Callers that send the same request with the same key until they have an answer, while the server is killed again and
 * again: no key is charged twice, and every answer that somebody holds in hands is the one that was charged.
 */

const CALLERS = 12;
const KILLS = 4;
/** The callers of one round go on until they have so many answers each. */
const ANSWERS = 8;

interface Outcome {
  readonly key: string;
  readonly status: number;
  /** The request that was answered, or that a 410 names. */
  readonly request: string;
}

test('kill -9 while everybody repeats: a key is charged once at most', async () => {
  const environment = { TURNPIKE_LIMITS: 'off', TURNPIKE_LOG_LEVEL: 'warn' };
  let server = await startServer(environment);
  const { dataDir } = server;
  const outcomes: Outcome[] = [];
  let isOver = false;

  /** Sends one request until it has an end. */
  const insist = async (key: string, stream: boolean): Promise<void> => {
    while (!isOver) {
      try {
        const body = {
          model: 'grok-beta',
          messages: [{ role: 'user', content: key }],
          max_tokens: 20,
          stream,
          turnpike_simulator: { tokens: 20, tokens_per_second: 100 },
        };
        const response = await server.post('/v1/chat/completions', body, { 'idempotency-key': key });
        const text = await response.text();
        const request = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(text)?.[0] ?? '';
        // A stream that was cut by the kill looks cut, and is asked for again.
        const isWhole = response.status === 200 && (!stream || text.endsWith('data: [DONE]\n\n'));
        const isEnd = isWhole || response.status === 410 || text.includes('connection was closed');
        if (isEnd) return void outcomes.push({ key, status: response.status, request });
        expect([200, 409, 502, 503]).toContain(response.status);
      } catch {
        // The server is gone; the next one comes up on another port.
      }
      await Bun.sleep(50);
    }
  };
  const caller = async (number: number, round: number) => {
    for (let turn = 0; turn < ANSWERS; turn += 1)
      await insist(`${round}-${number}-${turn}`, (number + turn) % 2 === 0);
  };

  try {
    for (let round = 0; round < KILLS; round += 1) {
      const callers = Promise.all(Array.from({ length: CALLERS }, (_, number) => caller(number, round)));
      await Bun.sleep(300 + round * 200);
      await server.kill('SIGKILL');
      server = await startServer(environment, { dataDir });
      await callers;
    }
    expect(outcomes).toHaveLength(KILLS * CALLERS * ANSWERS);
    expect(outcomes.filter(({ status }) => status === 410).length).toBeGreaterThan(0);

    const costs = new Map<string, bigint>();
    for (let cursor: string | undefined; ; ) {
      const more = cursor === undefined ? [] : ['--cursor', cursor];
      const page = (await server.turnpike('usage', 'requests', '--limit', '1000', ...more)) as {
        rows: { request_id: string; cost_ticks: string }[];
        next_cursor?: string | null;
      };
      for (const row of page.rows) costs.set(row.request_id, BigInt(row.cost_ticks));
      cursor = page.next_cursor ?? undefined;
      if (cursor === undefined) break;
    }
    const charged = [...costs.values()].filter((cost) => cost > 0n).length;
    expect(charged).toBeLessThanOrEqual(outcomes.length);
    // Every key that was answered is one charged request of its own, and nothing else was charged but what a 410 names.
    const answered = outcomes.filter(({ status }) => status === 200).map(({ request }) => request);
    expect(new Set(answered).size).toBe(answered.length);
    expect(answered.filter((request) => !((costs.get(request) ?? 0n) > 0n))).toEqual([]);
    const named = new Set(outcomes.map(({ request }) => request));
    expect([...costs].filter(([request, cost]) => cost > 0n && !named.has(request))).toEqual([]);
    const audit = (await server.turnpike('audit')) as { findings: unknown[] };
    expect(audit.findings).toEqual([]);
  } finally {
    isOver = true;
    await stopServer(server);
    rmSync(dataDir, { recursive: true, force: true });
  }
}, 200_000);
