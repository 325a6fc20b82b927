import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { makeTestDatabase, postgresMissing, type TestDatabase } from '../fakes/postgres-server.ts';
import { type RunningServer, startServer, stopServer } from '../fakes/running-server.ts';

/** PostgreSQL goes away after credit was set aside, and comes back after the answer: nothing of the charge is lost. */

/** The last attempt in the background that these tests wait for comes after 15 seconds. */
const PATIENCE_MS = 40_000;

const title = postgresMissing === undefined ? 'the bill' : `the bill (${postgresMissing})`;
describe.skipIf(postgresMissing !== undefined)(title, () => {
  let database: TestDatabase;
  let server: RunningServer;

  beforeAll(async () => {
    database = await makeTestDatabase();
    server = await startServer({ TURNPIKE_LIMITS: 'off', TURNPIKE_DATABASE_URL: database.url });
  }, 60_000);
  afterAll(async () => {
    await stopServer(server);
    await database.drop();
  }, 60_000);

  const ask = (first_token_ms: number, more: object = {}) =>
    server.post('/v1/chat/completions', {
      model: 'grok-beta',
      messages: [{ role: 'user', content: 'What is it?' }],
      max_tokens: 20,
      turnpike_simulator: { tokens: 20, first_token_ms },
      ...more,
    });

  const balance = async () =>
    (await server.turnpike('credit', 'balance')) as { available_ticks: string; held_ticks: string };

  const until = async (isSo: () => Promise<boolean>) => {
    const giveUpAt = Date.now() + PATIENCE_MS;
    while (!(await isSo())) {
      if (Date.now() > giveUpAt) throw new Error(`it never was so. ${server.log()}`);
      await Bun.sleep(50);
    }
  };
  const isHeld = async () => (await balance()).held_ticks !== '0';

  /** Takes the database away while a call thinks, and answers how to bring it back. */
  const leaveIt = async () => {
    await until(isHeld);
    return await database.goAway();
  };

  const expectOneCharge = async (beforeTicks: bigint, priceTicks: bigint) => {
    await until(async () => !(await isHeld()));
    expect(beforeTicks - BigInt((await balance()).available_ticks)).toBe(priceTicks);
    expect(((await server.turnpike('audit')) as { findings: unknown[] }).findings).toEqual([]);
  };

  const priceTicks = async () => {
    const { usage } = await (await ask(0)).json();
    return BigInt(usage.cost_in_usd_ticks);
  };

  test('an answer whose bill nobody could write in time is charged when the database is back', async () => {
    const price = await priceTicks();
    const before = BigInt((await balance()).available_ticks);
    const asking = ask(4_000);
    const comeBack = await leaveIt();
    const answer = await asking;
    expect(answer.status).toBe(200);
    const { usage } = await answer.json();
    expect(usage.completion_tokens).toBe(20);
    // What is not durable is no bill.
    expect(usage).not.toHaveProperty('cost_in_usd_ticks');
    await comeBack();
    await expectOneCharge(before, price);
  }, 60_000);

  test('a stream that ends while the database is away for a moment is charged once', async () => {
    const price = await priceTicks();
    const before = BigInt((await balance()).available_ticks);
    const failures = () => server.log().split('"settle-failed"').length;
    const failedBefore = failures();
    const asking = ask(4_000, { stream: true }).then((answer) => answer.text());
    const comeBack = await leaveIt();
    await until(async () => failures() > failedBefore);
    await comeBack();
    expect(await asking).toContain('data: [DONE]');
    await expectOneCharge(before, price);
  }, 60_000);
});
