import { expect, test } from 'bun:test';
import { rmSync } from 'node:fs';
import { startServer, stopServer } from '../fakes/running-server.ts';

/** The server is killed under load; after the restart each hold has one end and nothing that was billed is lost. */

test('kill -9 under load, three times', async () => {
  let server = await startServer({ TURNPIKE_LIMITS: 'off' });
  const { dataDir } = server;
  const billed: string[] = [];
  try {
    for (let round = 0; round < 3; round += 1) {
      const stopLoad = load(server.url, server.key, billed);
      await Bun.sleep(400 + round * 250);
      await server.kill('SIGKILL');
      await stopLoad();
      server = await startServer({ TURNPIKE_LIMITS: 'off' }, { dataDir });

      const audit = (await server.turnpike('audit')) as {
        findings: unknown[];
        live_holds: number;
        lost_holds: number;
      };
      expect(audit.findings).toEqual([]);
      expect({ live: audit.live_holds, lost: audit.lost_holds }).toEqual({ live: 0, lost: 0 });
    }
    expect(billed.length).toBeGreaterThan(10);
    // Every answer that a caller held in hands with its bill is in the ledger.
    const recorded = new Set<string>();
    for (let cursor: string | undefined; ; ) {
      const page = (await server.turnpike(
        'usage',
        'requests',
        '--limit',
        '1000',
        ...(cursor ? ['--cursor', cursor] : []),
      )) as {
        rows: { request_id: string; outcome: string }[];
        next_cursor?: string | null;
      };
      for (const { request_id, outcome } of page.rows) if (outcome === 'completed') recorded.add(request_id);
      cursor = page.next_cursor ?? undefined;
      if (cursor === undefined) break;
    }
    expect(billed.filter((id) => !recorded.has(id))).toEqual([]);
    expect(
      (
        await server.post('/v1/chat/completions', {
          model: 'grok-beta',
          messages: [{ role: 'user', content: 'hi' }],
        })
      ).status,
    ).toBe(200);
  } finally {
    await stopServer(server);
    rmSync(dataDir, { recursive: true, force: true });
  }
}, 120_000);

/** Whole answers and streams, 16 at a time, until told to stop. Notes the id of each one that came with its bill. */
function load(url: string, key: string, billed: string[]): () => Promise<void> {
  let isOver = false;
  const worker = async (number: number) => {
    const stream = number % 2 === 0;
    while (!isOver) {
      try {
        const response = await fetch(`${url}/v1/chat/completions`, {
          method: 'POST',
          headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
          body: JSON.stringify({
            model: 'grok-beta',
            messages: [{ role: 'user', content: `load ${number}` }],
            max_tokens: 50,
            stream,
            turnpike_simulator: { tokens: 50, ...(stream ? { tokens_per_second: 200 } : {}) },
          }),
        });
        const text = await response.text();
        const id = /"id":"([0-9a-f-]{36})"/.exec(text)?.[1];
        if (id !== undefined && text.includes('cost_in_usd_ticks')) billed.push(id);
      } catch {
        await Bun.sleep(20);
      }
    }
  };
  const workers = Array.from({ length: 16 }, (_, number) => worker(number));
  return async () => {
    isOver = true;
    await Promise.all(workers);
  };
}
