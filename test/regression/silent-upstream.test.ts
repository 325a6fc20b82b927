import { expect, test } from 'bun:test';
import { rawCall } from '../fakes/raw-call.ts';
import { serverBeforeUpstream } from '../fakes/server-before-upstream.ts';

/**
 * The runtime ends every call that is silent for five minutes, which thinking models are, unless it is told not to.
 * Its own setting shortens the five minutes to a second; `silent-upstream.long.test.ts` waits them out.
 */
const both = serverBeforeUpstream({ BUN_CONFIG_HTTP_IDLE_TIMEOUT: '1' });

/** The runtime looks at its idle calls every four seconds. */
const SILENCE_MS = 14_000;

test('an upstream that thinks for long is waited for', async () => {
  const mock = { pieces: 3, everyMs: 50, silentMs: SILENCE_MS };
  const stream = rawCall(both().server, { stream: true, mock }).text;
  const silentWithin = rawCall(both().server, {
    stream: true,
    mock: { ...mock, silentBefore: 'second' },
  }).text;
  const whole = rawCall(both().server, { mock }).text;
  expect(await stream).toEndWith('data: [DONE]\n\n');
  expect(await silentWithin).toEndWith('data: [DONE]\n\n');
  // A sign of life reached the reader while the upstream was silent.
  expect(await silentWithin).toMatch(/^:/m);
  expect(JSON.parse(await whole)).toMatchObject({ usage: { completion_tokens: 3 } });
}, 60_000);
