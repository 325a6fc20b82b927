import { afterAll, beforeAll, expect, test } from 'bun:test';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { KEY_PLACEHOLDER } from '../../src/language/walk-through-curl.ts';
import { Browser } from '../fakes/browser.ts';
import { type RunningServer, startServer, stopServer } from '../fakes/running-server.ts';

/**
 * The first visit on the shipped server, request by request as its pages make them: sign in, paste a curl command,
 * connect what it leads to, make a key, run the curl that the page shows, and see it arrive.
 */

const EMAIL = 'zaphod@example.com';
const PASSWORD = 'heart of gold';
const UPSTREAM_KEY = 'sk-upstream-0123456789abcdef';

let upstream: Server;
let upstreamUrl: string;
let server: RunningServer;
let browser: Browser;
const asked: string[] = [];

beforeAll(async () => {
  upstream = createServer(async (request, response) => {
    let text = '';
    for await (const piece of request) text += piece;
    asked.push(request.headers.authorization ?? '');
    if (request.url === '/v1/models') {
      response.end('{"data":[{"id":"grok-2-1212","context_length":131072}]}');
      return;
    }
    if (JSON.parse(text).stream) {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end('data: {"choices":[{"index":0,"delta":{"content":"Hi"}}]}\n\ndata: [DONE]\n\n');
      return;
    }
    const message = { role: 'assistant', content: 'Forty-two.' };
    const usage = { prompt_tokens: 31, completion_tokens: 6, total_tokens: 37 };
    response.end(JSON.stringify({ choices: [{ index: 0, message, finish_reason: 'stop' }], usage }));
  });
  upstream.listen(0, '127.0.0.1');
  await once(upstream, 'listening');
  upstreamUrl = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}/v1`;
  // As somebody starts it who has set nothing: no upstream is named.
  server = await startServer({
    ...{ TURNPIKE_ADMIN_EMAIL: EMAIL, TURNPIKE_ADMIN_PASSWORD: PASSWORD },
    TURNPIKE_UPSTREAM: '',
  });
  browser = new Browser(server.url);
  await browser.post('/api/auth/sign-in/email', { email: EMAIL, password: PASSWORD });
});
afterAll(async () => {
  upstream.closeAllConnections();
  upstream.close();
  await stopServer(server);
});

// biome-ignore lint/suspicious/noExplicitAny: answers of every shape are looked into.
type Loose = any;

async function events(response: Response): Promise<Loose[]> {
  return [...(await response.text()).matchAll(/^data: (.*)$/gm)].map(([, data = '']) => JSON.parse(data));
}

test('from a pasted curl to the first request', async () => {
  const me: Loose = await (await browser.get('/api/v1/me')).json();
  expect(me.installation.isSimulated).toBeTrue();
  const teamId = me.teams[0].id;

  const pasted = `curl ${upstreamUrl}/chat/completions -H "Authorization: Bearer ${UPSTREAM_KEY}" -d '{"model":"grok-2-1212"}'`;
  const tried = await events(await browser.post('/api/v1/operator/connect/probe', { pasted }));
  const { answers, proposal } = tried.at(-1);
  expect(answers).toBeTrue();
  expect(JSON.stringify(tried)).not.toContain(UPSTREAM_KEY);
  const route = proposal.routes.find(({ model }: Loose) => model === 'grok-beta');
  expect(route).toMatchObject({ upstreamModel: 'grok-2-1212', isSame: true });

  const connected = await browser.post('/api/v1/operator/connect', {
    ...{ pasted, name: proposal.name, inputModalities: proposal.inputModalities, additions: [] },
    routes: [{ model: route.model, upstreamModel: route.upstreamModel }],
  });
  expect(connected.status).toBe(201);

  const made: Loose = await (
    await browser.post(`/api/v1/teams/${teamId}/keys`, { name: 'first key' })
  ).json();
  // The page waits from now on; the request comes while it does.
  const waiting = browser.get(`/api/v1/teams/${teamId}/keys/${made.key.id}/first-request`);

  const { rows }: Loose = await (await browser.get(`/api/v1/teams/${teamId}/client-settings`)).json();
  const curl = rows[0].text.replace(KEY_PLACEHOLDER, made.secret);
  // Not synchronously: the upstream answers from this very process.
  const shell = Bun.spawn(['sh', '-c', curl], { stdout: 'pipe', stderr: 'ignore' });
  const answer = JSON.parse(await new Response(shell.stdout).text());
  expect(answer.choices[0].message.content).toBe('Forty-two.');

  const [arrived] = await events(await waiting);
  expect(arrived).toMatchObject({
    ...{ id: answer.id, model: 'grok-beta', result: 'answered', simulated: false },
    ...{ inputTokens: 31, outputTokens: 6, costTicks: String(31 * 50_000 + 6 * 150_000) },
  });
  // Whoever opens the page again is told at once.
  const again = await browser.get(`/api/v1/teams/${teamId}/keys/${made.key.id}/first-request`);
  expect((await events(again))[0].id).toBe(arrived.id);

  expect(new Set(asked)).toEqual(new Set([`Bearer ${UPSTREAM_KEY}`]));
  for (const secret of [UPSTREAM_KEY, made.secret]) expect(server.log()).not.toContain(secret);
});

test('a stranger can try nothing', async () => {
  const stranger = new Browser(server.url);
  const answer = await stranger.post('/api/v1/operator/connect/probe', { pasted: upstreamUrl });
  expect(answer.status).toBe(401);
  expect((await stranger.get('/api/v1/operator/connect/nearby')).status).toBe(401);
});
