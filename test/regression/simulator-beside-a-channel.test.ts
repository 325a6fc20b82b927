import { afterAll, beforeAll, expect, test } from 'bun:test';
import { Browser } from '../fakes/browser.ts';
import { type RunningServer, startServer, stopServer } from '../fakes/running-server.ts';

/**
 * Pages said "No model is connected: every answer comes from the simulator" as long as one model of the catalogue had no
 * channel, while others were answered by theirs.
 */
const EMAIL = 'yue@example.com';
const PASSWORD = 'a towel is about the most useful thing';

let server: RunningServer;
beforeAll(async () => {
  server = await startServer({ TURNPIKE_ADMIN_EMAIL: EMAIL, TURNPIKE_ADMIN_PASSWORD: PASSWORD });
});
afterAll(() => stopServer(server));

test('with a channel for one model the installation is no longer simulated', async () => {
  const browser = new Browser(server.url);
  await browser.post('/api/auth/sign-in/email', { email: EMAIL, password: PASSWORD });
  const isSimulated = async () => {
    const me = (await (await browser.get('/api/v1/me')).json()) as { installation: { isSimulated: boolean } };
    return me.installation.isSimulated;
  };
  expect(await isSimulated()).toBe(true);
  await server.turnpike(
    'channels',
    'add',
    'xAI',
    '--base-url',
    'http://127.0.0.1:9/v1',
    '--model',
    'grok-beta',
  );
  expect(await isSimulated()).toBe(false);
});
