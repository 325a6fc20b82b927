import { expect, test } from 'bun:test';
import { NO_USAGE } from '../domain/usage.ts';
import type { RequestOutcome, RequestRecord } from '../storage/usage-store.ts';
import { logRequest } from './log-request.ts';

/** Its last group is in the upper half, so a share of a half leaves it out. */
const ID = '0197f6a2-9a7c-7d6e-8f3a-c00000000000';

function lines(share: number, changes: Partial<RequestRecord>): unknown[] {
  const written: unknown[] = [];
  const note = (event: string, facts?: unknown) => void written.push([event, facts]);
  logRequest({ info: note, warn: note, error: note }, share, {
    requestId: ID,
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
    usage: NO_USAGE,
    estimated: false,
    reported: null,
    pricedFromMs: null,
    costTicks: 1n,
    uncollectedTicks: 0n,
    queuedMs: 0,
    timeToFirstTokenMs: null,
    durationMs: 1.23456,
    gatewayMs: 0.5,
    ...changes,
  });
  return written;
}

test('of the requests that went well, the share is logged', () => {
  expect(lines(1, {})).toMatchObject([['request', { request: ID, costTicks: '1', durationMs: 1.235 }]]);
  expect(lines(0.8, {})).toHaveLength(1);
  expect(lines(0.7, {})).toHaveLength(0);
  expect(lines(0, {})).toHaveLength(0);
});

test('whatever did not go well is logged, whatever the share', () => {
  const outcomes: RequestOutcome[] = [
    'cut-credit',
    'cut-key',
    'client-gone',
    'upstream-broke',
    'failed',
    'refused',
    'shut-down',
  ];
  for (const outcome of outcomes) expect(lines(0, { outcome })).toHaveLength(1);
  expect(lines(0, { uncollectedTicks: 1n })).toHaveLength(1);
});
