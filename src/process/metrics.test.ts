import { expect, test } from 'bun:test';
import { NO_USAGE } from '../domain/usage.ts';
import type { RequestRecord } from '../storage/usage-store.ts';
import { Metrics } from './metrics.ts';

function record(changes: Partial<RequestRecord> = {}): RequestRecord {
  return {
    requestId: 'request-1',
    atMs: 0,
    organizationId: 'team-1',
    userId: 'user-1',
    keyId: 'key-1',
    model: 'grok-beta',
    channel: 'xai',
    upstreamModel: 'grok-3',
    streamed: false,
    simulated: false,
    endpoint: 'chat',
    outcome: 'completed',
    httpStatus: 200,
    failureCode: null,
    usage: { ...NO_USAGE, inputTokens: 10, outputTokens: 5 },
    estimated: false,
    reported: null,
    pricedFromMs: null,
    costTicks: 1_250_000n,
    uncollectedTicks: 0n,
    queuedMs: 0,
    timeToFirstTokenMs: 300,
    durationMs: 700,
    gatewayMs: 0.4,
    ...changes,
  };
}

function write(records: readonly RequestRecord[], gauges = {}) {
  const metrics = new Metrics();
  for (const one of records) metrics.observe(one);
  return metrics.write(gauges);
}

test('requests, tokens and money by model', () => {
  const text = write([
    record(),
    record({ outcome: 'client-gone', httpStatus: 499, uncollectedTicks: 10_000_000_000n }),
  ]);
  for (const line of [
    'turnpike_requests_total{model="grok-beta",outcome="completed",status="200"} 1',
    'turnpike_requests_total{model="grok-beta",outcome="client-gone",status="499"} 1',
    'turnpike_tokens_total{model="grok-beta",kind="input"} 20',
    'turnpike_tokens_total{model="grok-beta",kind="output"} 10',
    'turnpike_charged_usd_total{model="grok-beta"} 0.00025',
    'turnpike_uncollected_usd_total{model="grok-beta"} 1',
  ]) {
    expect(text.split('\n')).toContain(line);
  }
});

test('histograms are cumulative, in seconds, and end with everything', () => {
  const text = write([
    record(),
    record({ durationMs: 100 }),
    record({ durationMs: 900_000, timeToFirstTokenMs: null }),
  ]);
  const lines = text.split('\n');
  expect(lines).toContain('turnpike_request_duration_seconds_bucket{le="0.1"} 1');
  expect(lines).toContain('turnpike_request_duration_seconds_bucket{le="1"} 2');
  expect(lines).toContain('turnpike_request_duration_seconds_bucket{le="300"} 2');
  expect(lines).toContain('turnpike_request_duration_seconds_bucket{le="+Inf"} 3');
  expect(lines).toContain('turnpike_request_duration_seconds_count 3');
  expect(lines).toContain('turnpike_time_to_first_token_seconds_count 2');
});

test('what a scraper would stumble over cannot stand in a label', () => {
  const text = write([record({ model: 'a"b\\c\nd' })]);
  expect(text).toContain('model="a_b_c_d"');
  for (const line of text.trimEnd().split('\n'))
    expect(line).toMatch(/^(?:# TYPE \w+ \w+|\w+(?:\{[^\n]*\})? \S+)$/);
});

test('no label names a person, a key or a request: there would be a series for each', () => {
  expect(write([record()])).not.toMatch(/team-1|user-1|key-1|request-1/);
});

test('gauges are read when they are asked for', () => {
  expect(write([], { turnpike_requests_in_flight: 3 })).toContain('turnpike_requests_in_flight 3\n');
});
