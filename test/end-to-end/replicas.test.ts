import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { makeTestDatabase, postgresMissing, type TestDatabase } from '../fakes/postgres-server.ts';
import { type RunningServer, startServer, stopServer } from '../fakes/running-server.ts';

/** Two servers as they are shipped, each with a data folder of its own, on one PostgreSQL database. */

const INPUT_TICKS = 50_000n;
const OUTPUT_TICKS = 150_000n;

const title = postgresMissing === undefined ? 'two servers' : `two servers (${postgresMissing})`;
describe.skipIf(postgresMissing !== undefined)(title, () => {
  let database: TestDatabase;
  let servers: [RunningServer, RunningServer];

  beforeAll(async () => {
    database = await makeTestDatabase();
    const settings = { TURNPIKE_LIMITS: 'off', TURNPIKE_DATABASE_URL: withPassword(database.url) };
    // At once, on an empty database: each makes what the other has not made.
    servers = (await Promise.all([startServer(settings), startServer(settings)])) as typeof servers;
  }, 60_000);
  afterAll(async () => {
    await Promise.all(servers.map(stopServer));
    await database.drop();
  }, 60_000);

  const price = async (body: object) => {
    const { usage } = await (await servers[0].post('/v1/chat/completions', body)).json();
    const expected =
      BigInt(usage.prompt_tokens) * INPUT_TICKS + BigInt(usage.completion_tokens) * OUTPUT_TICKS;
    expect(BigInt(usage.cost_in_usd_ticks)).toBe(expected);
    return expected;
  };

  const balance = async () => {
    const { available_ticks, held_ticks } = (await servers[1].turnpike('credit', 'balance')) as Record<
      string,
      string
    >;
    expect(held_ticks).toBe('0');
    return BigInt(available_ticks ?? '');
  };

  test('say where their data is, and no password', () => {
    for (const server of servers) {
      expect(server.output()).toContain(`PostgreSQL  127.0.0.1:${new URL(database.url).port}/test_`);
      expect(server.output() + server.log()).not.toContain('swordfish');
      expect(server.log()).toContain('"engine":"postgres"');
    }
  });

  test('leave backups to the tools of PostgreSQL, and say so', async () => {
    const refused = await servers[0].run('backup', '/nowhere/file', '--json');
    expect([refused.exitCode, refused.stdout]).toEqual([1, expect.stringContaining('engine-has-own-backup')]);
  });

  test('400 calls over both on credit for 10: exactly 10 are served', async () => {
    const body = {
      model: 'grok-beta',
      messages: [{ role: 'user', content: 'Ten of us, and no more.' }],
      max_tokens: 20,
      turnpike_simulator: { tokens: 20, first_token_ms: 50 },
    };
    const each = await price(body);
    await servers[0].turnpike('credit', 'withdraw', `${await balance()} ticks`);
    await servers[1].turnpike('credit', 'grant', `${10n * each} ticks`);

    const statuses = await Promise.all(
      Array.from({ length: 400 }, async (_, index) => {
        const response = await (index % 2 === 0 ? servers[0] : servers[1]).post('/v1/chat/completions', body);
        await response.text();
        return response.status;
      }),
    );
    expect(statuses.filter((status) => status === 200)).toHaveLength(10);
    expect(statuses.filter((status) => status === 403)).toHaveLength(390);
    expect(await balance()).toBe(0n);
    const audit = (await servers[0].turnpike('audit')) as { findings: unknown[]; lost_holds: number };
    expect(audit.findings).toEqual([]);
    expect(audit.lost_holds).toBe(0);
    await servers[0].turnpike('credit', 'grant', '$5');
  }, 60_000);

  test('a key that is revoked on one is refused by the other, and its open stream there ends', async () => {
    const [first, second] = servers;
    const made = (await first.turnpike('keys', 'create', 'shared')) as { id: string; key: string };
    const headers = { authorization: `Bearer ${made.key}` };
    const listModels = () => second.fetch('/v1/models', { headers });
    expect((await listModels()).status).toBe(200);
    const stream = await second.post(
      '/v1/chat/completions',
      {
        model: 'grok-beta',
        messages: [{ role: 'user', content: 'Go on.' }],
        stream: true,
        turnpike_simulator: { tokens: 4_000, tokens_per_second: 20 },
      },
      headers,
    );
    expect(stream.status).toBe(200);
    await first.turnpike('keys', 'revoke', made.id);
    // It ends by itself long before its 200 seconds are over; the test's own limit is what fails otherwise.
    const text = await stream.text();
    expect(text).not.toContain('[DONE]');
    expect((await listModels()).status).toBe(403);
  }, 30_000);

  test('a server that starts leaves the calls of a living one alone', async () => {
    const [first] = servers;
    const stream = await first.post('/v1/chat/completions', {
      model: 'grok-beta',
      messages: [{ role: 'user', content: 'Take your time.' }],
      stream: true,
      turnpike_simulator: { tokens: 60, tokens_per_second: 15 },
    });
    const third = await startServer({ TURNPIKE_DATABASE_URL: database.url, TURNPIKE_LIMITS: 'off' });
    try {
      expect(await stream.text()).toContain('data: [DONE]');
      expect(third.log()).not.toContain('holds-of-a-dead-process-ended');
      expect(((await third.turnpike('audit')) as { findings: unknown[] }).findings).toEqual([]);
    } finally {
      await stopServer(third);
    }
  }, 60_000);

  test('the calls of one that died are ended when it has been silent for a minute', async () => {
    const settings = { TURNPIKE_DATABASE_URL: database.url, TURNPIKE_LIMITS: 'off' };
    const dying = await startServer(settings);
    const stream = await dying.post('/v1/chat/completions', {
      model: 'grok-beta',
      messages: [{ role: 'user', content: 'Farewell.' }],
      stream: true,
      turnpike_simulator: { tokens: 4_000, tokens_per_second: 20 },
    });
    await stream.body?.getReader().read();
    await stopServerAtOnce(dying);
    const lost = async () =>
      (await servers[0].turnpike('audit')) as { live_holds: number; lost_holds: number };
    expect(await lost()).toMatchObject({ live_holds: 1, lost_holds: 0 });
    // A minute of the database's clock passes at once.
    await database.run(`UPDATE processes SET seen_at = seen_at - interval '61 seconds'
      WHERE id = (SELECT process_id FROM holds WHERE state = 'held')`);
    const next = await startServer(settings);
    try {
      // By the one that starts, or by one of the others, who look from time to time.
      const logs = [...servers, next].map((server) => server.log()).join('');
      expect(logs).toContain('holds-of-a-dead-process-ended');
      expect(await lost()).toMatchObject({ live_holds: 0, lost_holds: 0 });
    } finally {
      await stopServer(next);
    }
  }, 60_000);
});

/** The test's server asks for none, so any will do. */
function withPassword(url: string): string {
  const secret = new URL(url);
  secret.password = 'swordfish';
  return secret.href;
}

async function stopServerAtOnce(server: RunningServer): Promise<void> {
  await server.kill('SIGKILL');
  await stopServer(server);
}
