import { afterAll, beforeAll, expect, test } from 'bun:test';
import { type RunningServer, startServer, stopServer } from '../fakes/running-server.ts';

/** The API of the pages on the shipped server: it is there, closed to strangers, and apart from the gateway's. */

let server: RunningServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => stopServer(server));

test('it describes itself, and answers nobody without a session, in their language', async () => {
  const document = (await (await server.fetch('/api/v1/openapi.json')).json()) as { paths: object };
  expect(Object.keys(document.paths)).toContain('/teams/{teamId}/home');
  const headers = { 'accept-language': 'zh-CN', authorization: `Bearer ${server.key}` };
  const answer = await server.fetch('/api/v1/me', { headers });
  expect(answer.status).toBe(401);
  expect(await answer.json()).toMatchObject({
    error: { code: 'not-signed-in', message: expect.stringContaining('登录') },
  });
  expect(answer.headers.get('access-control-allow-origin')).toBeNull();
});

test('no key opens it, and no page of another site reaches it', async () => {
  const write = await server.post('/api/v1/operator/notices', {}, { origin: 'https://evil.example' });
  expect(write.status).toBe(403);
  const preflight = await server.fetch('/api/v1/me', {
    method: 'OPTIONS',
    headers: { origin: 'https://evil.example', 'access-control-request-method': 'PATCH' },
  });
  expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
});

test('the gateway’s own addresses are as they were', async () => {
  expect((await server.fetch('/models', { headers: { authorization: `Bearer ${server.key}` } })).status).toBe(
    200,
  );
  expect((await server.fetch('/v1/nothing')).status).toBe(404);
});
