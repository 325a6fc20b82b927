import { afterAll, beforeAll, expect, test } from 'bun:test';
import { type RunningServer, startServer, stopServer } from '../fakes/running-server.ts';

/** Many calls at once on credit for a few: exactly what the credit pays for is served. */

const INPUT_TICKS = 50_000n;
const OUTPUT_TICKS = 150_000n;

let server: RunningServer;
beforeAll(async () => {
  server = await startServer({ TURNPIKE_LIMITS: 'off' });
});
afterAll(() => stopServer(server));

interface Balance {
  readonly available_ticks: string;
  readonly held_ticks: string;
}

async function balance(): Promise<bigint> {
  const { available_ticks, held_ticks } = (await server.turnpike('credit', 'balance')) as Balance;
  expect(held_ticks).toBe('0');
  return BigInt(available_ticks);
}

/** Leaves the account with exactly this much. */
async function setCredit(ticks: bigint) {
  const rest = await balance();
  if (rest > 0n) await server.turnpike('credit', 'withdraw', `${rest} ticks`);
  await server.turnpike('credit', 'grant', `${ticks} ticks`);
}

async function auditFindsNothing() {
  const audit = (await server.turnpike('audit')) as {
    findings: unknown[];
    live_holds: number;
    totals: Record<string, string>;
  };
  expect(audit.findings).toEqual([]);
}

test('200 parallel requests on credit for 10 answers of fixed length: exactly 10 are served', async () => {
  const body = {
    model: 'grok-beta',
    messages: [{ role: 'user', content: 'Ten of us, and no more.' }],
    max_tokens: 20,
    turnpike_simulator: { tokens: 20, first_token_ms: 50 },
  };
  const { usage } = await (await server.post('/v1/chat/completions', body)).json();
  const price = BigInt(usage.prompt_tokens) * INPUT_TICKS + 20n * OUTPUT_TICKS;
  expect(BigInt(usage.cost_in_usd_ticks)).toBe(price);
  await setCredit(10n * price);

  const statuses = await Promise.all(
    Array.from({ length: 200 }, async () => {
      const response = await server.post('/v1/chat/completions', body);
      await response.text();
      return response.status;
    }),
  );
  expect(statuses.filter((status) => status === 200)).toHaveLength(10);
  expect(statuses.filter((status) => status === 403)).toHaveLength(190);
  expect(await balance()).toBe(0n);
  await auditFindsNothing();
}, 60_000);

test('200 parallel streams of unknown length: never over-served, and the last one is cut in an orderly way', async () => {
  const body = {
    model: 'grok-beta',
    messages: [{ role: 'user', content: 'Tell me everything.' }],
    stream: true,
    turnpike_simulator: { tokens: 6_000 },
  };
  // Each stream costs a first hold of 4,096 tokens and grows beyond it; the credit ends inside the third one.
  const credit = 15_000n * OUTPUT_TICKS;
  await setCredit(credit);

  const answers = await Promise.all(
    Array.from({ length: 200 }, async () => {
      const response = await server.post('/v1/chat/completions', body);
      return {
        status: response.status,
        text: await response.text(),
        capped: response.headers.get('x-turnpike-output-capped'),
      };
    }),
  );
  const served = answers.filter(({ status }) => status === 200).map(readStream);
  const charged = served.reduce((sum, { cost }) => sum + cost, 0n);
  const rest = await balance();
  expect(charged + rest).toBe(credit);
  for (const stream of served) {
    // What arrived is what was charged, and every end says what it is.
    expect(stream.output * OUTPUT_TICKS + stream.input * INPUT_TICKS).toBe(stream.cost);
    expect(stream.chunks).toBe(stream.output);
    expect(['stop', 'length']).toContain(stream.finish);
    if (!stream.isDone) {
      expect(stream.finish).toBe('length');
      expect(stream.error).toContain('used all available credits');
    }
  }
  expect(served.some(({ isDone }) => !isDone)).toBe(true);
  await auditFindsNothing();
}, 60_000);

function readStream({ text }: { text: string }) {
  const events = text
    .split('\n\n')
    .filter((part) => part.startsWith('data: {'))
    .map((part) => JSON.parse(part.slice(6)));
  const usage = events.find((event) => event.usage)?.usage;
  return {
    input: BigInt(usage.prompt_tokens),
    output: BigInt(usage.completion_tokens),
    cost: BigInt(usage.cost_in_usd_ticks),
    chunks: BigInt(events.filter((event) => event.choices?.[0]?.delta?.content !== undefined).length),
    finish: events.findLast((event) => event.choices?.[0]?.finish_reason)?.choices[0].finish_reason as string,
    error: events.find((event) => event.error)?.error.message as string | undefined,
    isDone: text.includes('data: [DONE]'),
  };
}
