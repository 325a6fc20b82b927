import { expect, test } from 'bun:test';
import { parseTraceParent } from './trace-context.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';

test('trace, span and whether it is sampled', () => {
  const parent = { traceId: TRACE, spanId: SPAN };
  expect(parseTraceParent(`00-${TRACE}-${SPAN}-01`)).toEqual({ ...parent, isSampled: true });
  expect(parseTraceParent(`00-${TRACE}-${SPAN}-00`)).toEqual({ ...parent, isSampled: false });
  // Other bits of the flags say other things.
  expect(parseTraceParent(`00-${TRACE}-${SPAN}-02`)?.isSampled).toBe(false);
  expect(parseTraceParent(`00-${TRACE}-${SPAN}-03`)?.isSampled).toBe(true);
});

test('a later version may say more, the first one may not', () => {
  expect(parseTraceParent(`01-${TRACE}-${SPAN}-01-more`)?.traceId).toBe(TRACE);
  expect(parseTraceParent(`00-${TRACE}-${SPAN}-01-more`)).toBeUndefined();
  expect(parseTraceParent(`01-${TRACE}-${SPAN}-01more`)).toBeUndefined();
});

test('what is none is none', () => {
  for (const header of [
    null,
    '',
    'x',
    `ff-${TRACE}-${SPAN}-01`,
    `00-${'0'.repeat(32)}-${SPAN}-01`,
    `00-${TRACE}-${'0'.repeat(16)}-01`,
    `00-${TRACE.toUpperCase()}-${SPAN}-01`,
    `00-${TRACE.slice(1)}-${SPAN}-01`,
    `00-${TRACE}-${SPAN}-1`,
    ` 00-${TRACE}-${SPAN}-01`,
    `00-${TRACE}-${SPAN}-01, 00-${TRACE}-${SPAN}-01`,
    `00-${TRACE}-<script>-01`,
  ]) {
    expect(parseTraceParent(header)).toBeUndefined();
  }
});
