import { expect, test } from 'bun:test';
import { ask, clock, drain, type Fields, send } from '../../../test/fakes/ask-simulator.ts';
import { HANG_MAX_MS } from './faults.ts';
import type { FAULTS } from './settings.ts';

const faulty = (fault: (typeof FAULTS)[number], fields: Fields = {}) => ({
  ...fields,
  turnpike_simulator: { fault, tokens: 10 },
});
const stream = { stream: true, stream_options: { include_usage: true } };
const events = (text: string) => text.split('\n\n').filter((event) => event !== '');

test.each([
  ['status-429', 429],
  ['status-500', 500],
  ['status-503', 503],
] as const)('%s', async (fault, status) => {
  for (const fields of [{}, stream]) {
    const response = await send(faulty(fault, fields));
    expect(response.status).toBe(status);
    expect(response.header('retry-after')).toBe(status === 429 ? '1' : null);
    expect((await new Response(response.body).json()).error.message).toContain('asked to fail');
  }
});

test('reset breaks before a whole answer, and half-way through a stream', async () => {
  expect(await send(faulty('reset')).catch((error) => error.reason)).toBe('reset');
  const { text, end } = await drain((await send(faulty('reset', stream))).body);
  expect([events(text).length, end]).toEqual([4, 'reset']);
});

test('half-stream ends a stream as if all were well, and cuts a whole answer', async () => {
  const streamed = await drain((await send(faulty('half-stream', stream))).body);
  expect([events(streamed.text).length, streamed.end]).toEqual([5, 'clean']);
  expect(streamed.text).not.toContain('finish_reason":"stop');
  const whole = await drain((await send(faulty('half-stream'))).body);
  expect(whole.end).toBe('reset');
  expect(() => JSON.parse(whole.text)).toThrow();
});

test('bad-json breaks one event, or the answer', async () => {
  const { text } = await drain((await send(faulty('bad-json', stream))).body);
  const broken = events(text).filter((event) => {
    try {
      return event !== 'data: [DONE]' && JSON.parse(event.slice(6)) === undefined;
    } catch {
      return true;
    }
  });
  expect(broken).toHaveLength(1);
  const whole = await drain((await send(faulty('bad-json'))).body);
  expect(whole.end).toBe('clean');
  expect(() => JSON.parse(whole.text)).toThrow();
});

test('error-event puts an error where the answer was', async () => {
  const { text } = await drain((await send(faulty('error-event', stream))).body);
  expect(JSON.parse(events(text).at(-1)?.slice(6) ?? '').error.type).toBe('server_error');
  expect((await ask(faulty('error-event'))).error?.type).toBe('server_error');
});

test('no-usage, negative-usage and no-done', async () => {
  expect((await ask(faulty('no-usage'))).usage).toBeUndefined();
  expect((await drain((await send(faulty('no-usage', stream))).body)).text).not.toContain('usage');
  expect((await ask(faulty('negative-usage'))).usage.completion_tokens).toBe(-10);
  const { text } = await drain((await send(faulty('no-done', stream))).body);
  expect(events(text)).toHaveLength(10 + 2);
  expect(text).not.toContain('[DONE]');
});

test('a hang ends when the caller does, and by itself in the end', async () => {
  for (const fields of [{}, stream]) {
    const caller = new AbortController();
    const hanging = send(faulty('hang', fields), undefined, caller.signal).catch((error) => error.reason);
    caller.abort();
    expect(await hanging).toBe('aborted');

    const left = send(faulty('hang', fields)).catch((error) => error.reason);
    clock.pass(HANG_MAX_MS);
    expect(await left).toBe('timed-out');

    const middle = new AbortController();
    const reader = (await send(faulty('hang-mid-stream', fields), undefined, middle.signal)).body.getReader();
    const first = await reader.read();
    expect(first.done).toBe(false);
    let ended = '';
    const reading = (async () => {
      for (;;) if ((await reader.read()).done) return;
    })().catch((error) => {
      ended = error.reason;
    });
    await new Promise(setImmediate);
    expect(ended).toBe('');
    middle.abort();
    await reading;
    expect(ended).toBe('aborted');
  }
  expect(clock.timers.size).toBe(0);
});
