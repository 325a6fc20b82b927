import { expect, test } from 'bun:test';
import { serverBeforeUpstream, untilCounts } from '../fakes/server-before-upstream.ts';

/** A new connection for each call would cost each caller a TLS handshake, and the upstream its patience. */

const AT_ONCE = 64;
const EACH = 20;
const bodies = [
  { stream: false, mock: { pieces: 8, silentMs: 5 } },
  { stream: true, mock: { pieces: 8, silentMs: 5 } },
];
const both = serverBeforeUpstream();

async function ask(calls: number): Promise<void> {
  for (let call = 0; call < calls; call += 1) {
    const response = await both().server.post('/v1/chat/completions', {
      model: 'grok-beta',
      messages: [{ role: 'user', content: 'hi' }],
      ...bodies[call % bodies.length],
    });
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('"completion_tokens":8');
  }
}

test('calls that follow each other share one upstream connection', async () => {
  const { upstream } = both();
  await ask(40);
  expect(await upstream.counts()).toMatchObject({ requests: 40, connections: 1 });
});

test('64 callers at once need no more than 64, however long they go on', async () => {
  const { upstream } = both();
  await Promise.all(Array.from({ length: AT_ONCE }, () => ask(EACH)));
  const counts = await untilCounts(upstream, ({ open }) => open === 0);
  console.log(
    `${counts.requests} calls, ${counts.mostOpen} at most at once, ${counts.connections} connections`,
  );
  expect(counts.requests).toBe(40 + AT_ONCE * EACH);
  expect(counts.connections).toBeLessThanOrEqual(AT_ONCE);
});
