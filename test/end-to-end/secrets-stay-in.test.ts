import { afterAll, beforeAll, expect, test } from 'bun:test';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type RunningServer, startServer, stopServer } from '../fakes/running-server.ts';

/** Unique strings are planted in every secret and prompt, and looked for everywhere they must not be. */

const PROMPT = 'canary-prompt-7f3a';
const UPSTREAM_KEY = 'canary-upstream-key-91bd';
const FOREIGN_KEY = 'sk-canary-foreign-key-55aa55aa';

let server: RunningServer;
beforeAll(async () => {
  server = await startServer({
    TURNPIKE_LIMITS: 'off',
    // Nobody listens there: every call fails, and failures are where secrets leak.
    TURNPIKE_UPSTREAM: 'http://127.0.0.1:9/v1',
    TURNPIKE_UPSTREAM_KEY: UPSTREAM_KEY,
  });
});
afterAll(() => stopServer(server));

test('no key, prompt or upstream key is in a log, an answer, a metric or the data folder', async () => {
  const seen: string[] = [];
  const ask = async (headers: Record<string, string>, body: unknown) => {
    const response = await server.post('/v1/chat/completions', body, headers);
    seen.push(await response.text(), JSON.stringify([...response.headers]));
    return response.status;
  };
  const body = { model: 'grok-beta', messages: [{ role: 'user', content: PROMPT }] };
  expect(await ask({}, body)).toBe(502);
  expect(await ask({}, { ...body, stream: true })).toBe(502);
  expect(await ask({}, { ...body, max_tokens: PROMPT })).toBe(400);
  expect(await ask({}, `{"messages": "${PROMPT}`)).toBe(400);
  expect(await ask({ authorization: `Bearer ${FOREIGN_KEY}` }, body)).toBe(400);
  await server.turnpike(
    'channels',
    'add',
    'second',
    '--base-url',
    'http://127.0.0.1:9/v1',
    '--key',
    UPSTREAM_KEY,
    '--model',
    'grok-beta',
  );
  seen.push(
    JSON.stringify(await server.turnpike('channels', 'list')),
    JSON.stringify(await server.turnpike('keys', 'list')),
  );
  expect(await ask({}, body)).toBe(502);
  for (const path of ['/', '/metrics', '/readyz', '/v1/models', '/v1/api-key']) {
    const response = await server.fetch(path, { headers: { authorization: `Bearer ${server.key}` } });
    seen.push(await response.text());
  }

  const places: Record<string, string> = {
    answers: seen.join('\n'),
    log: server.log(),
    'data folder': filesOf(server.dataDir)
      .map((path) => readFileSync(path, 'latin1'))
      .join('\n'),
  };
  for (const [place, text] of Object.entries(places)) {
    for (const secret of [PROMPT, UPSTREAM_KEY, FOREIGN_KEY, server.key]) {
      expect({ place, secret, found: text.includes(secret) }).toEqual({ place, secret, found: false });
    }
  }
  // The log did say that something went wrong, just not what was said.
  expect(server.log()).toContain('upstream-failed');
});

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false);
}
