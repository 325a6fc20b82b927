import { expect, test } from 'bun:test';
import { healthRoutes } from './health.ts';
import type { RouteContext } from './route.ts';

const CONTEXT: RouteContext = {
  requestId: 'request-1',
  dialect: 'xai',
  arrivedMs: 0,
  parameters: {},
  clientAddress: () => undefined,
  mayTakeLong: () => {},
};

async function get(path: string, { obstacles = [] as string[], headers = {} } = {}) {
  const route = healthRoutes({
    obstacles: async () => obstacles,
    metrics: async () => 'turnpike_requests_in_flight 0\n',
    mayReadMetrics: (token) => token === 'the-token',
  }).find((one) => one.path === path);
  return await route?.handle(new Request(`http://x${path}`, { headers }), CONTEXT);
}

test('alive is alive whatever is in the way; ready is ready only when nothing is', async () => {
  expect((await get('/healthz', { obstacles: ['storage'] }))?.status).toBe(200);
  expect((await get('/readyz'))?.status).toBe(200);
  const not = await get('/readyz', { obstacles: ['storage'] });
  expect({ status: not?.status, body: await not?.json() }).toEqual({
    status: 503,
    body: { status: 'not-ready', obstacles: ['storage'] },
  });
});

test('the figures are for whoever has their token', async () => {
  const open = await get('/metrics', { headers: { authorization: 'Bearer the-token' } });
  expect(await open?.text()).toContain('turnpike_requests_in_flight');
  for (const headers of [{}, { authorization: 'Bearer another' }]) {
    const closed = await get('/metrics', { headers });
    expect(closed?.status).toBe(403);
    expect(await closed?.text()).not.toContain('in_flight');
  }
});
