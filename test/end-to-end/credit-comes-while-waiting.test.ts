import { afterAll, beforeAll, expect, test } from 'bun:test';
import { type RunningServer, startServer, stopServer } from '../fakes/running-server.ts';

let server: RunningServer;
beforeAll(async () => {
  server = await startServer({ TURNPIKE_LIMITS: 'off' });
});
afterAll(() => stopServer(server));

interface Balance {
  readonly available_ticks: string;
  readonly held_ticks: string;
}
const balance = async () => (await server.turnpike('credit', 'balance')) as Balance;

const ask = (content: string, first_token_ms: number) =>
  server.post('/v1/chat/completions', {
    model: 'grok-beta',
    messages: [{ role: 'user', content }],
    max_tokens: 20,
    turnpike_simulator: { tokens: 20, first_token_ms },
  });

/** Without being told, it would hear at its deadline of ten seconds; then the other call has long ended, which is late. */
test('a call that waits for credit goes on as soon as some is granted, before the others have ended', async () => {
  const { usage } = await (await ask('One of two.', 0)).json();
  const priceTicks = BigInt(usage.cost_in_usd_ticks);
  const { available_ticks } = await balance();
  await server.turnpike('credit', 'withdraw', `${BigInt(available_ticks) - priceTicks * 2n + 1n} ticks`);

  const ended: string[] = [];
  const slow = ask('One of two.', 6_000).then(async (answer) => {
    await answer.text();
    ended.push('slow');
  });
  while ((await balance()).held_ticks === '0') await Bun.sleep(10);
  const waiting = ask('One of two.', 0).then(async (answer) => {
    expect(answer.status).toBe(200);
    await answer.text();
    ended.push('waiting');
  });
  await Bun.sleep(300);
  expect(ended).toEqual([]);
  await server.turnpike('credit', 'grant', '$1');
  await Promise.all([slow, waiting]);
  expect(ended).toEqual(['waiting', 'slow']);
});
