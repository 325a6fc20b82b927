import { expect, test } from 'bun:test';
import { ManualClock } from '../../../test/fakes/manual-clock.ts';
import { ScriptedUpstream } from '../../../test/fakes/scripted-upstream.ts';
import { NO_USAGE } from '../../domain/usage.ts';
import { RequestTrace } from '../../gateway/request-trace.ts';
import type { RequestRecord } from '../../storage/usage-store.ts';
import { RequestMetrics } from './request-metrics.ts';
import { requestSpans } from './request-spans.ts';

const PLACE = {
  traceId: 'a'.repeat(32),
  parentSpanId: 'b'.repeat(16),
  isSampled: true,
  path: '/v1/chat/completions',
};

/** A stream that called its upstream after 10 ms, and heard its last after 600. */
async function finished(changes: Partial<RequestRecord> = {}) {
  const clock = new ManualClock(1_000_000);
  const trace = new RequestTrace(clock, PLACE, clock.monotonicMs());
  await clock.advance(10);
  trace.upstreamCalled(new ScriptedUpstream());
  await clock.advance(590);
  trace.upstreamEnded();
  const record: RequestRecord = {
    requestId: 'request-1',
    atMs: 1_000_000,
    organizationId: 'team-1',
    userId: 'user-1',
    keyId: 'key-1',
    model: 'grok-beta',
    channel: 'xai',
    upstreamModel: 'grok-3',
    streamed: true,
    simulated: false,
    endpoint: 'chat',
    outcome: 'completed',
    httpStatus: 200,
    failureCode: null,
    usage: { ...NO_USAGE, inputTokens: 10, cachedInputTokens: 4, outputTokens: 5, reasoningTokens: 7 },
    estimated: false,
    reported: null,
    pricedFromMs: null,
    costTicks: 1_250_000n,
    uncollectedTicks: 0n,
    queuedMs: 0,
    timeToFirstTokenMs: 310,
    durationMs: 700,
    gatewayMs: 0.4,
    ...changes,
  };
  return { record, trace };
}

async function spansOf(changes: Partial<RequestRecord> = {}) {
  let spans = 0;
  const [server, client] = requestSpans(await finished(changes), () => `span-${++spans}`);
  return { server, client };
}

test('the call lies within the request; reasoning is output, and what the cache served is told apart', async () => {
  const { server, client } = await spansOf();
  expect(server).toMatchObject({
    spanId: 'span-1',
    parentSpanId: PLACE.parentSpanId,
    startMs: 1_000_000,
    endMs: 1_000_700,
    hasFailed: false,
    attributes: { 'turnpike.cost.usd_ticks': 1_250_000n, 'turnpike.gateway.duration': 0.0004 },
  });
  expect(client).toMatchObject({
    name: 'chat grok-beta',
    parentSpanId: 'span-1',
    startMs: 1_000_010,
    endMs: 1_000_600,
    attributes: {
      'gen_ai.request.model': 'grok-beta',
      'gen_ai.response.model': 'grok-3',
      'gen_ai.response.time_to_first_chunk': 0.3,
      'gen_ai.usage.input_tokens': 10n,
      'gen_ai.usage.output_tokens': 12n,
      'gen_ai.usage.reasoning.output_tokens': 7n,
      'gen_ai.usage.cache_read.input_tokens': 4n,
    },
  });
});

test('whose failure it was: the call fails with everything that is not whole, the server only with its own', async () => {
  const failuresOf = async (changes: Partial<RequestRecord>) => {
    const { server, client } = await spansOf(changes);
    return [server?.hasFailed, client?.hasFailed, client?.attributes['error.type']];
  };
  expect(await failuresOf({ outcome: 'upstream-broke', failureCode: 'upstream-broke' })).toEqual([
    true,
    true,
    'upstream-broke',
  ]);
  expect(await failuresOf({ outcome: 'client-gone', httpStatus: 499 })).toEqual([false, true, 'client-gone']);
  expect(await failuresOf({ outcome: 'cut-credit', failureCode: 'credit-used-up' })).toEqual([
    false,
    true,
    'credit-used-up',
  ]);
});

test('who asked is not told', async () => {
  const spans = requestSpans(await finished(), () => 'span');
  expect(Bun.inspect(spans)).not.toMatch(/team-1|user-1|key-1/);
});

test('metrics: seconds of the call alone, tokens with reasoning, first token only where it means something', async () => {
  const metrics = new RequestMetrics();
  const { record, trace } = await finished();
  metrics.observe(record, trace);
  metrics.observe({ ...record, streamed: false }, trace);
  metrics.observe({ ...record, outcome: 'failed', usage: NO_USAGE, timeToFirstTokenMs: null }, trace);
  const sums = metrics
    .read()
    .flatMap(({ name, series }) =>
      series.map(({ attributes, count, sum }) => [
        name,
        attributes['error.type'] ?? attributes['gen_ai.token.type'] ?? attributes['turnpike.outcome'] ?? '',
        count,
        Math.round(sum * 1_000) / 1_000,
      ]),
    );
  expect(sums).toEqual([
    ['gen_ai.client.operation.duration', '', 2, 1.18],
    ['gen_ai.client.operation.duration', 'failed', 1, 0.59],
    ['gen_ai.client.token.usage', 'input', 2, 20],
    ['gen_ai.client.token.usage', 'output', 2, 24],
    ['gen_ai.server.time_to_first_token', '', 1, 0.31],
    ['turnpike.gateway.duration', 'completed', 2, 0.001],
    ['turnpike.gateway.duration', 'failed', 1, 0],
  ]);
});
