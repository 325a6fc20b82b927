import { expect, test } from 'bun:test';
import { ask, clock, drain, send, tokeniser } from '../../../test/fakes/ask-simulator.ts';

test('writes at the speed that is set, and a late reader gets at once what is due', async () => {
  const fields = {
    stream: true,
    turnpike_simulator: { tokens: 6, first_token_ms: 500, tokens_per_second: 10 },
  };
  const reader = (await send(fields)).body.getReader();
  const arrived: string[] = [];
  const next = async () => arrived.push(Buffer.from((await reader.read()).value ?? []).toString());
  const settle = () => new Promise(setImmediate);

  const first = next();
  clock.pass(499);
  await settle();
  expect(arrived).toHaveLength(0);
  clock.pass(1);
  await first;
  const second = next();
  clock.pass(99);
  await settle();
  expect(arrived).toHaveLength(1);
  clock.pass(1);
  await second;
  clock.pass(10_000);
  for (let rest = 0; rest < 4; rest += 1) await next();
  expect(arrived).toHaveLength(6);
  await reader.cancel();

  const whole = ask({ turnpike_simulator: { tokens: 3, first_token_ms: 500, tokens_per_second: 10 } });
  let done = false;
  void whole.then(() => {
    done = true;
  });
  for (const ms of [500, 100, 99]) {
    await settle();
    clock.pass(ms);
  }
  await settle();
  expect(done).toBe(false);
  clock.pass(1);
  expect((await whole).usage.completion_tokens).toBe(3);
});

test('a default speed holds for requests that name none', async () => {
  const reader = (await send({ stream: true }, { firstTokenMs: 50, tokensPerSecond: 1 })).body.getReader();
  let arrived = false;
  const read = reader.read().then(() => {
    arrived = true;
  });
  await new Promise(setImmediate);
  expect(arrived).toBe(false);
  clock.pass(50);
  await read;
  await reader.cancel();
});

test('the reader leaving ends a wait', async () => {
  const fields = { stream: true, turnpike_simulator: { first_token_ms: 600_000 } };
  const reader = (await send(fields)).body.getReader();
  void reader.read();
  await new Promise(setImmediate);
  expect(clock.timers.size).toBe(1);
  await reader.cancel();
  expect(clock.timers.size).toBe(0);
});

test('the caller hanging up ends a wait and the body at once', async () => {
  for (const streamed of [true, false]) {
    const caller = new AbortController();
    const fields = { stream: streamed, turnpike_simulator: { first_token_ms: 600_000 } };
    const sent = send(fields, undefined, caller.signal);
    const ended = (
      streamed ? drain((await sent).body).then(({ end }) => end) : sent.catch((error) => error.reason)
    ) as Promise<string>;
    await new Promise(setImmediate);
    caller.abort();
    expect(await ended).toBe('aborted');
  }
  expect(clock.timers.size).toBe(0);
  const gone = AbortSignal.abort();
  expect(await send({}, undefined, gone).catch((error) => error.reason)).toBe('aborted');
});

test('nothing is written that nobody reads', async () => {
  let encoded = 0;
  const counting = {
    ...tokeniser,
    tokensSync(text: string) {
      encoded += 1;
      return tokeniser.tokensSync(text);
    },
  };
  const fields = { stream: true, turnpike_simulator: { tokens: 100_000 } };
  const reader = (await send(fields, { tokeniser: counting })).body.getReader();
  await reader.read();
  await new Promise(setImmediate);
  // The opening is encoded at once; of the prose not more than the first sentence.
  expect(encoded).toBeLessThanOrEqual(1);
  for (let read = 0; read < 200; read += 1) await reader.read();
  expect(encoded).toBeLessThan(50);
  await reader.cancel();
});

test('a long answer at full speed leaves others their turn', async () => {
  let turns = 0;
  let running = true;
  const count = () => {
    turns += 1;
    if (running) setImmediate(count);
  };
  setImmediate(count);
  const { choices, usage } = await ask({ turnpike_simulator: { tokens: 5_000 } });
  running = false;
  expect(usage.completion_tokens).toBe(5_000);
  expect(tokeniser.countSync((choices[0]?.message.content ?? '').slice(0, 8_000))).toBeGreaterThan(1_000);
  expect(turns).toBeGreaterThan(50);
});
