import { expect, test } from 'bun:test';
import { LatencyBook } from './latency-book.ts';

const answered = (timeToFirstTokenMs: number) =>
  ({ outcome: 'completed', model: 'grok-beta', channel: 'xai', timeToFirstTokenMs }) as const;

test('half and nineteen of twenty answers began by these times', () => {
  const book = new LatencyBook();
  for (let ms = 1; ms <= 100; ms += 1) book.observe(answered(ms));
  const expected = { requests: 100, firstTokenP50Ms: 50, firstTokenP95Ms: 95 };
  expect(book.ofModel('grok-beta')).toEqual(expected);
  expect(book.ofChannel('xai')).toEqual(expected);
});

test('what was slow long ago is forgotten', () => {
  const book = new LatencyBook();
  for (let at = 0; at < 1_000; at += 1) book.observe(answered(9_000));
  for (let at = 0; at < 256; at += 1) book.observe(answered(10));
  expect(book.ofModel('grok-beta')).toEqual({ requests: 256, firstTokenP50Ms: 10, firstTokenP95Ms: 10 });
});

test('an answer that never began, or failed, says nothing of how fast the model is', () => {
  const book = new LatencyBook();
  book.observe({ ...answered(1), timeToFirstTokenMs: null });
  book.observe({ ...answered(1), outcome: 'upstream-broke' });
  expect(book.ofModel('grok-beta')).toEqual({ requests: 0, firstTokenP50Ms: null, firstTokenP95Ms: null });
});
