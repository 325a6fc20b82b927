import { afterAll, beforeAll, expect, test } from 'bun:test';
import { type RunningServer, startServer, stopServer, WALK_THROUGH_BODY } from '../fakes/running-server.ts';

/** The walk-through's page, step by step: an account with $25, a key, the curl, an exact bill. */

const SIGN_UP_CREDIT = 250_000_000_000n;

let server: RunningServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => stopServer(server));

test('the first start shows the key once, the curl to paste, and that a simulator answers', () => {
  const output = server.output();
  expect(output.split(server.key).length - 1).toBeGreaterThanOrEqual(1);
  expect(output).toContain('curl');
  expect(output).toContain('$25');
  expect(output).toMatch(/simulator/i);
});

test('the curl, run by a shell as it was printed, is answered, and the ledger shows exactly what it cost', async () => {
  const before = await balance();
  expect(before).toEqual({ available: SIGN_UP_CREDIT, held: 0n });

  const command = /^ *curl [\s\S]*?^ *\}'$/m.exec(server.output())?.[0] ?? '';
  expect(command).toContain('Hitchhikers Guide to the Galaxy');
  const shell = Bun.spawnSync(['sh', '-c', command]);
  const answer = JSON.parse(shell.stdout.toString());
  expect(answer.choices[0].message).toMatchObject({ role: 'assistant', content: expect.any(String) });

  const { prompt_tokens, completion_tokens, total_tokens, cost_in_usd_ticks } = answer.usage;
  expect(total_tokens).toBe(prompt_tokens + completion_tokens);
  expect(cost_in_usd_ticks).toBe(prompt_tokens * 50_000 + completion_tokens * 150_000);
  expect(await balance()).toEqual({ available: SIGN_UP_CREDIT - BigInt(cost_in_usd_ticks), held: 0n });

  const { rows } = (await server.turnpike('credit', 'statement')) as { rows: StatementRow[] };
  const ofRequest = rows.filter(({ request_id }) => request_id === answer.id);
  expect(new Set(ofRequest.map(({ kind }) => kind))).toEqual(new Set(['hold', 'charge', 'release']));
  const charged = ofRequest
    .filter(({ kind }) => kind === 'charge')
    .reduce((sum, row) => sum + BigInt(row.amount_ticks), 0n);
  expect(charged < 0n ? -charged : charged).toBe(BigInt(cost_in_usd_ticks));
});

interface StatementRow {
  readonly kind: string;
  readonly request_id: string | null;
  readonly amount_ticks: string;
}

test('grok-vision-beta with a picture, the same', async () => {
  const before = await balance();
  const picture =
    'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';
  const response = await server.post('/v1/chat/completions', {
    ...WALK_THROUGH_BODY,
    model: 'grok-vision-beta',
    messages: [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'What is this?' },
          { type: 'image_url', image_url: { url: picture } },
        ],
      },
    ],
  });
  const { usage } = await response.json();
  expect(usage.prompt_tokens_details.image_tokens).toBeGreaterThan(0);
  expect(usage.cost_in_usd_ticks).toBe(usage.prompt_tokens * 50_000 + usage.completion_tokens * 150_000);
  expect((await balance()).available).toBe(before.available - BigInt(usage.cost_in_usd_ticks));
});

test('the page for people says what this is, in both languages, and names no key', async () => {
  const english = await (await server.fetch('/', { headers: { accept: 'text/html' } })).text();
  expect(english).toContain('<html lang="en"');
  expect(english).toContain('grok-vision-beta');
  const chinese = await (
    await server.fetch('/', { headers: { 'accept-language': 'zh-CN,zh;q=0.9' } })
  ).text();
  expect(chinese).toContain('<html lang="zh');
  for (const page of [english, chinese]) expect(page).not.toContain(server.key);
});

test('health, readiness and figures', async () => {
  expect((await server.fetch('/healthz')).status).toBe(200);
  expect((await server.fetch('/readyz')).status).toBe(200);
  const metrics = await (await server.fetch('/metrics')).text();
  expect(metrics).toMatch(
    /turnpike_requests_total\{model="grok-beta",outcome="completed",status="200"\} \d+/,
  );
  expect(metrics).toContain('turnpike_gateway_seconds_bucket');
});

test('the audit finds nothing', async () => {
  const audit = (await server.turnpike('audit')) as { findings: unknown[] };
  expect(audit.findings).toEqual([]);
});

async function balance(): Promise<{ available: bigint; held: bigint }> {
  const { available_ticks, held_ticks } = (await server.turnpike('credit', 'balance')) as Record<
    string,
    string
  >;
  return { available: BigInt(available_ticks ?? -1), held: BigInt(held_ticks ?? -1) };
}
