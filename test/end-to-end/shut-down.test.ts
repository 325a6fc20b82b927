import { afterAll, describe, expect, test } from 'bun:test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningServer, startServer } from '../fakes/running-server.ts';

/** SIGTERM with a stream under way: it is finished within the grace time, or ended in words and charged. */

const dataDirs: string[] = [];
afterAll(() => {
  for (const dataDir of dataDirs) rmSync(dataDir, { recursive: true, force: true });
});

async function start(graceSeconds: string, dataDir = mkdtempSync(join(tmpdir(), 'turnpike-test-'))) {
  if (!dataDirs.includes(dataDir)) dataDirs.push(dataDir);
  const environment = { TURNPIKE_LIMITS: 'off', TURNPIKE_GRACE_SECONDS: graceSeconds };
  return { dataDir, server: await startServer(environment, { dataDir }) };
}

/** A stream of so many tokens, fifty a second, of which the first piece has arrived. */
async function openStream(server: RunningServer, tokens: number) {
  const response = await server.post('/v1/chat/completions', {
    model: 'grok-beta',
    messages: [{ role: 'user', content: 'hi' }],
    stream: true,
    turnpike_simulator: { tokens, tokens_per_second: 50 },
  });
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  let text = decoder.decode((await reader.read()).value);
  const rest = async () => {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return text;
      text += decoder.decode(value, { stream: true });
    }
  };
  return { rest };
}

describe('a stream at SIGTERM', () => {
  test('is finished within the grace time; nobody new is let in; the exit is clean', async () => {
    const { server } = await start('20');
    const stream = await openStream(server, 50);
    const stopped = server.kill();
    const text = await stream.rest();
    expect(text).toEndWith('data: [DONE]\n\n');
    expect(await stopped).toBe(0);
    const late = await server.fetch('/healthz').catch(() => 'refused');
    expect(late).toBe('refused');
  }, 60_000);

  test('that is longer is ended in words, charged, and leaves nothing for the next start', async () => {
    const { server, dataDir } = await start('0');
    const stream = await openStream(server, 5_000);
    const stopped = server.kill();
    const text = await stream.rest();
    expect(text).toContain('what arrived was charged');
    expect(text).not.toContain('[DONE]');
    expect(await stopped).toBe(0);

    const { server: next } = await start('0', dataDir);
    expect(next.log()).not.toContain('holds-of-a-dead-process-ended');
    const { rows } = (await next.turnpike('usage', 'requests', '--limit', '1')) as {
      rows: { outcome: string; output_tokens: number }[];
    };
    expect(rows[0]?.outcome).toBe('shut-down');
    expect(rows[0]?.output_tokens).toBeGreaterThan(0);
    const audit = (await next.turnpike('audit')) as { findings: unknown[]; lost_holds: number };
    expect(audit.findings).toEqual([]);
    expect(await next.kill()).toBe(0);
  }, 60_000);
});
