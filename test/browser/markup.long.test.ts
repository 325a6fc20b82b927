import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import type { Browser } from 'playwright-core';
import { Browser as Caller } from '../fakes/browser.ts';
import { type RunningServer, startServer, stopServer } from '../fakes/running-server.ts';
import { adoptSession, chromiumMissing, openChromium, visit } from './chromium.ts';

/** Whatever people call things, and whatever a model writes, is text on every page that shows it. */

const EMAIL = 'mallory@example.com';
const PASSWORD = 'a name is not a program';
const NASTY = `"><img src=x onerror="document.title='ran'"><script>document.title='ran'</script>{{7*7}}`;

let browser: Browser;
let server: RunningServer;

if (chromiumMissing === undefined) {
  beforeAll(async () => {
    [browser, server] = await Promise.all([
      openChromium(),
      startServer({ TURNPIKE_ADMIN_EMAIL: EMAIL, TURNPIKE_ADMIN_PASSWORD: PASSWORD }),
    ]);
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await stopServer(server);
  });
}

describe.skipIf(chromiumMissing !== undefined)(`markup (${chromiumMissing ?? 'in Chromium'})`, () => {
  test('in names, titles and answers is text', async () => {
    const caller = new Caller(server.url);
    const make = async (method: string, path: string, body: unknown) => {
      const response = await caller.send(method, path, body);
      expect([path, response.ok]).toEqual([path, true]);
      return response.json();
    };
    await make('POST', '/api/auth/sign-in/email', { email: EMAIL, password: PASSWORD });
    const { teams } = (await (await caller.get('/api/v1/me')).json()) as { teams: { id: string }[] };
    const teamId = teams[0]?.id ?? '';
    await make('PATCH', '/api/v1/me', { name: NASTY.slice(0, 100) });
    await make('PATCH', `/api/v1/teams/${teamId}`, { name: NASTY.slice(0, 100) });
    await make('POST', `/api/v1/teams/${teamId}/keys`, { name: NASTY.slice(0, 100) });
    // The simulator says what it was told, so this is also in an answer and in the title of the chat.
    const { chatId } = (await make('POST', '/api/v1/chat/conversations', {
      ...{ teamId, model: 'grok-beta', text: NASTY },
    })) as { chatId: string };

    const { context, page, complaints } = await visit(browser, server.url, {
      ...{ size: 'desk', theme: 'light', language: 'en' },
    });
    await adoptSession(context, server.url, caller.cookie);
    for (const path of [
      ...['/console', '/console/keys', '/console/requests', '/console/usage', '/console/people'],
      ...['/console/activity', '/console/team', '/chat', `/chat/${chatId}`],
    ]) {
      await page.goto(path);
      await page.getByText('<img src=x onerror', { exact: false }).first().waitFor();
      expect([path, await page.locator('img[src="x"]').count(), await page.title()]).toEqual([
        ...[path, 0],
        expect.not.stringMatching(/^ran$/),
      ]);
    }
    expect(complaints).toEqual([]);
    await context.close();
  });
});
