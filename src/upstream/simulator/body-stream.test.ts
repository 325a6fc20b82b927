import { expect, test } from 'bun:test';
import { UpstreamError } from '../upstream.ts';
import { streamBody } from './body-stream.ts';

function counting() {
  const made = { pieces: 0, ended: false };
  async function* write() {
    try {
      for (;;) {
        made.pieces += 1;
        yield 'x';
      }
    } finally {
      made.ended = true;
    }
  }
  return { made, write };
}

const settle = () => new Promise(setImmediate);

test('makes a piece only when the reader asks for it', async () => {
  const { made, write } = counting();
  const reader = streamBody(write, new AbortController().signal).getReader();
  await settle();
  expect(made.pieces).toBe(0);
  await reader.read();
  await settle();
  expect(made.pieces).toBe(1);
  await reader.cancel();
  await settle();
  expect(made).toEqual({ pieces: 1, ended: true });
});

test('an abort breaks the body for a reader who is between two reads', async () => {
  const { made, write } = counting();
  const caller = new AbortController();
  const reader = streamBody(write, caller.signal).getReader();
  await reader.read();
  caller.abort();
  expect(await reader.read().catch((error) => error)).toBeInstanceOf(UpstreamError);
  await settle();
  expect(made.ended).toBe(true);
  const late = streamBody(write, AbortSignal.abort()).getReader();
  expect(await late.read().catch((error) => error.reason)).toBe('aborted');
});

test('the end and a failure of the writer are the end and a failure of the body', async () => {
  const signal = new AbortController().signal;
  const ending = streamBody(async function* () {
    yield 'a';
  }, signal);
  expect(await new Response(ending).text()).toBe('a');
  const failing = streamBody(async function* () {
    yield 'a';
    throw new UpstreamError('reset', 'broken');
  }, signal);
  expect(await new Response(failing).text().catch((error) => error.reason)).toBe('reset');
});
