import { afterAll, expect, test } from 'bun:test';
import type { Clock } from '../../ports/clock.ts';
import { QUEUE_MAX_JOBS } from './encode-queue.ts';
import { createTokeniser, SYNC_TEXT_MAX_CHARS, TokeniserError } from './tokeniser.ts';

/** A clock that stands still: its timers run when the test says so. */
function stoppedClock(): Clock & { expire(): void } {
  const timers = new Set<() => void>();
  return {
    nowMs: () => 0,
    monotonicMs: () => 0,
    after(_delayMs, run) {
      timers.add(run);
      return () => timers.delete(run);
    },
    expire() {
      const due = [...timers];
      timers.clear();
      for (const run of due) run();
    },
  };
}

const clock = stoppedClock();
const tokeniser = createTokeniser({ clock });
afterAll(() => tokeniser.close());

const longText = 'The answer to life, the universe and everything is 42. '.repeat(400);

test('a short text is counted on the spot, a long one in the worker, with one result', async () => {
  const half = longText.slice(0, SYNC_TEXT_MAX_CHARS);
  expect(longText.length).toBeGreaterThan(SYNC_TEXT_MAX_CHARS);
  expect(await tokeniser.count(half)).toEqual({ tokens: tokeniser.countSync(half), exact: true });
  const listed = await tokeniser.tokens(longText);
  expect(await tokeniser.count(longText)).toEqual({ tokens: listed.length, exact: true });
  expect(listed.map((token) => token.text).join('')).toBe(longText);
});

test('several texts are counted one by one and added up', async () => {
  const sum = tokeniser.countSync('ab') + tokeniser.countSync('cd');
  expect((await tokeniser.count(['ab', 'cd'])).tokens).toBe(sum);
  expect((await tokeniser.count([longText, longText])).tokens).toBe(
    2 * (await tokeniser.count(longText)).tokens,
  );
});

test('a token shows its id, its text and its bytes', () => {
  expect(tokeniser.tokensSync('Hi')).toEqual([{ id: 12194, text: 'Hi', bytes: [72, 105] }]);
  const parts = tokeniser.tokensSync('龘');
  expect(parts.length).toBeGreaterThan(1);
  expect(parts.every((part) => part.text.includes('\ufffd'))).toBe(true);
  expect(Buffer.from(parts.flatMap((part) => part.bytes)).toString()).toBe('龘');
});

test('a long text is refused where only short ones are counted', () => {
  expect(() => tokeniser.countSync(longText)).toThrow(RangeError);
});

// A tokeniser that searches all pairs after every merge needs minutes for each of these.
for (const unit of ['a', '  ', '😀', '\u0301', '\ud800', '!', '龘', '<|endoftext|>']) {
  test(`200,000 characters of ${JSON.stringify(unit)} are counted exactly`, async () => {
    const count = await tokeniser.count(unit.repeat(200_000 / unit.length));
    expect(count.exact).toBe(true);
    expect(count.tokens).toBeGreaterThan(0);
  });
}

test('past the deadline a job gets its bytes as the bound, and the next one a new worker', async () => {
  const late = tokeniser.count('é'.repeat(2_000_000));
  const lateTokens = tokeniser.tokens('é'.repeat(20_000));
  clock.expire();
  expect(await late).toEqual({ tokens: 4_000_000, exact: false });
  expect(await lateTokens.catch((error) => error)).toEqual(new TokeniserError('timed-out'));
  expect((await tokeniser.count(longText)).exact).toBe(true);
});

test('what the queue does not hold gets its bytes as the bound at once', async () => {
  const counts = Array.from({ length: QUEUE_MAX_JOBS + 2 }, () => tokeniser.count(longText));
  expect(await counts.at(-1)).toEqual({ tokens: longText.length, exact: false });
  expect((await Promise.all(counts)).filter((count) => !count.exact)).toHaveLength(1);
});

test('a worker that cannot start costs the exact figure and is reported', async () => {
  const warnings: unknown[] = [];
  const log = { info() {}, error() {}, warn: (...warning: unknown[]) => warnings.push(warning) };
  const broken = createTokeniser({ clock, log, workerUrl: new URL('./no-such-worker.ts', import.meta.url) });
  expect(await broken.count(longText)).toEqual({ tokens: longText.length, exact: false });
  expect(warnings).toEqual([['tokens-not-counted', { reason: 'broken', chars: longText.length }]]);
  broken.close();
});

test('a closed tokeniser still bounds long texts and lets nobody wait', async () => {
  const closing = createTokeniser({ clock });
  const open = closing.count(longText);
  closing.close();
  expect((await open).exact).toBe(false);
  expect((await closing.count(longText)).exact).toBe(false);
  expect(closing.countSync('still here')).toBe(2);
});
