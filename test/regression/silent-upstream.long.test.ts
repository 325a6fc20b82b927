import { expect, test } from 'bun:test';
import { rawCall } from '../fakes/raw-call.ts';
import { expectBooksInOrder, serverBeforeUpstream } from '../fakes/server-before-upstream.ts';

/**
 * Thinking models are silent for minutes. The runtime ends a call to an upstream after five of them and a reader's
 * connection after four at most, unless it is told not to.
 */
const SILENCE_MS = 310_000;

/** Half of what the gateway promises, so that a slow machine does not fail it. */
const LEAST_HEARTBEATS = SILENCE_MS / 16_000;

const both = serverBeforeUpstream();

test('whole answers and streams survive five minutes of silence, wherever it falls, with signs of life', async () => {
  const { server, upstream } = both();
  const mock = { pieces: 3, everyMs: 50, silentMs: SILENCE_MS };
  const streams = (['head', 'first', 'second'] as const).map(
    (silentBefore) => rawCall(server, { stream: true, mock: { ...mock, silentBefore } }).text,
  );
  const whole = rawCall(server, { mock: { pieces: 3, silentMs: SILENCE_MS } }).text;

  for (const text of await Promise.all(streams)) {
    expect(text).toEndWith('data: [DONE]\n\n');
    expect(text.match(/"content":/g)).toHaveLength(3);
    expect(text.match(/"completion_tokens":3,/g)).toHaveLength(1);
    expect(text.match(/^:/gm)?.length).toBeGreaterThan(LEAST_HEARTBEATS);
  }
  expect(JSON.parse(await whole)).toMatchObject({ usage: { completion_tokens: 3 } });
  expect(await upstream.counts()).toMatchObject({ requests: 4, completed: 4, cut: 0 });
  expect(server.log()).toBe('');
  await expectBooksInOrder(server);
}, 400_000);
