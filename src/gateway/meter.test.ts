import { describe, expect, test } from 'bun:test';
import { settled } from '../../test/fakes/manual-clock.ts';
import { NO_USAGE, type TokenUsage } from '../domain/usage.ts';
import { Meter } from './meter.ts';

const PROMPT = { tokensAtMost: 50, tokensLikely: async () => 20 };

function usage(inputTokens: number, outputTokens: number, more: Partial<TokenUsage> = {}): TokenUsage {
  return { ...NO_USAGE, inputTokens, outputTokens, ...more };
}

/** A token is a word. */
function wordsOf(text: string | readonly string[]) {
  return [text].flat().join(' ').split(/\s+/).filter(Boolean).length;
}

function openMeter() {
  return new Meter(
    {
      name: 'words',
      count: async (text) => ({ tokens: wordsOf(text), exact: true }),
      tokens: async () => [],
    },
    PROMPT,
  );
}

/** A meter whose tokeniser answers when the test lets it. */
function openSlowMeter() {
  const counting: (() => void)[] = [];
  const meter = new Meter(
    {
      name: 'slow',
      count: (text) =>
        new Promise((resolve) => counting.push(() => resolve({ tokens: wordsOf(text), exact: true }))),
      tokens: async () => [],
    },
    PROMPT,
  );
  return { meter, counting, answer: () => counting.shift()?.() };
}

describe('what was used', () => {
  test('nobody reported anything: counted by us, and marked', async () => {
    const meter = openMeter();
    meter.note('one two ', undefined);
    meter.note('three', undefined);
    expect(await meter.read()).toEqual({ usage: usage(20, 3), estimated: true, reported: null });
  });

  test('a figure at the end is taken as it is', async () => {
    const meter = openMeter();
    meter.note('one two three', undefined);
    meter.note('', usage(10, 7, { cachedInputTokens: 4, reasoningTokens: 100 }));
    expect(await meter.read()).toEqual({
      usage: usage(10, 7, { cachedInputTokens: 4, reasoningTokens: 100 }),
      estimated: false,
      reported: usage(10, 7, { cachedInputTokens: 4, reasoningTokens: 100 }),
    });
  });

  test('a running figure: the last one wins', async () => {
    const meter = openMeter();
    for (let tokens = 1; tokens <= 5; tokens += 1) meter.note('w ', usage(10, tokens));
    expect(await meter.read()).toEqual({ usage: usage(10, 5), estimated: false, reported: usage(10, 5) });
  });

  test('a figure on the first chunk only: what came after it is counted and added', async () => {
    const meter = openMeter();
    meter.note('', usage(10, 1));
    meter.note('two three four', undefined);
    expect(await meter.read()).toEqual({ usage: usage(10, 4), estimated: true, reported: usage(10, 1) });
  });

  test('a figure below what was written is not believed', async () => {
    const meter = openMeter();
    meter.note('x'.repeat(2_400), usage(10, 1));
    const { usage: used, estimated, reported } = await meter.read();
    expect(reported).toEqual(usage(10, 1));
    expect(used.outputTokens).toBe(100);
    expect(estimated).toBe(true);
  });

  test('hidden reasoning counts towards what was written', async () => {
    const meter = openMeter();
    meter.note('x'.repeat(2_400), usage(10, 1, { reasoningTokens: 99 }));
    const reported = usage(10, 1, { reasoningTokens: 99 });
    expect(await meter.read()).toEqual({ usage: reported, estimated: false, reported });
  });
});

describe('the bound', () => {
  test('is never below the count, and comes near it when it is counted', async () => {
    const meter = openMeter();
    meter.note('道可道', undefined);
    expect(meter.outputAtMost()).toBe(9);
    await meter.count();
    expect(meter.outputAtMost()).toBe(1);
    meter.note(' one', undefined);
    expect(meter.outputAtMost()).toBe(1 + 4);
  });

  test('holds while somebody is counting', async () => {
    const { meter, answer } = openSlowMeter();
    meter.note('one two', undefined);
    const counting = meter.count();
    await settled();
    expect(meter.outputAtMost()).toBeGreaterThanOrEqual(2);
    answer();
    await counting;
    expect(meter.outputAtMost()).toBe(2);
  });

  test('asks for a count before much is kept', () => {
    const meter = openMeter();
    meter.note('x'.repeat(8_000), undefined);
    expect(meter.mustCount).toBe(false);
    meter.note('x', undefined);
    expect(meter.mustCount).toBe(true);
  });
});

describe('two that count at once', () => {
  test('count no text twice', async () => {
    const { meter, counting, answer } = openSlowMeter();
    meter.note('one two ', undefined);
    const first = meter.count();
    await settled();
    meter.note('three', undefined);
    const second = meter.count();
    await settled();
    expect(counting).toHaveLength(1);
    answer();
    await settled();
    answer();
    await Promise.all([first, second]);
    expect(meter.outputAtMost()).toBe(3);
  });

  test('and a figure that overtakes them is about their text too', async () => {
    const { meter, answer } = openSlowMeter();
    meter.note('one two', undefined);
    const counting = meter.count();
    await settled();
    meter.note('three', usage(10, 3));
    answer();
    await counting;
    expect(await meter.read()).toEqual({ usage: usage(10, 3), estimated: false, reported: usage(10, 3) });
  });
});
