import { expect, test } from 'bun:test';
import { placeInTrace } from './place-in-trace.ts';

const ID = '0197f6a2-9a7c-7d6e-8f3a-800000000000';
const TRACE = '4bf92f3577b34da6a3ce000000000000';
const ALL = { share: 1, followsParent: true };
const NONE = { share: 0, followsParent: true };

function place(sampling: { share: number; followsParent: boolean }, traceparent?: string) {
  const headers = new Headers(traceparent === undefined ? {} : { traceparent });
  return placeInTrace({ headers, url: 'http://h:1/v1/chat/completions?x=canary' }, ID, sampling);
}

test("a trace that begins here has the request's id, and the path is told without its query", () => {
  expect(place(ALL)).toEqual({
    traceId: ID.replaceAll('-', ''),
    parentSpanId: undefined,
    isSampled: true,
    path: '/v1/chat/completions',
  });
  expect(place({ share: 0.4, followsParent: true }).isSampled).toBe(false);
  expect(place({ share: 0.6, followsParent: true }).isSampled).toBe(true);
});

test("the caller's trace goes on, sampled if it is sampled there", () => {
  const kept = `00-${TRACE}-00f067aa0ba902b7-01`;
  const notKept = `00-${TRACE}-00f067aa0ba902b7-00`;
  expect(place(NONE, kept)).toMatchObject({
    traceId: TRACE,
    parentSpanId: '00f067aa0ba902b7',
    isSampled: true,
  });
  expect(place(ALL, notKept).isSampled).toBe(false);
  // Unless the operator decides alone.
  expect(place({ share: 0, followsParent: false }, kept)).toMatchObject({ traceId: TRACE, isSampled: false });
  expect(place({ share: 1, followsParent: false }, notKept).isSampled).toBe(true);
});

test('a header that is none begins a trace of its own', () => {
  expect(place(ALL, `00-${TRACE}-short-01`)).toMatchObject({
    traceId: ID.replaceAll('-', ''),
    isSampled: true,
  });
});
