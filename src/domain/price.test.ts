import { expect, test } from 'bun:test';
import fc from 'fast-check';
import {
  affordableOutputTokens,
  cost,
  isSanePriceSheet,
  MAXIMUM_TICKS_PER_TOKEN,
  type PriceSheet,
  priceAt,
  upperBoundCost,
} from './price.ts';
import { NO_USAGE, type TokenUsage } from './usage.ts';

const price = fc.bigInt({ min: 0n, max: MAXIMUM_TICKS_PER_TOKEN });
const sheet: fc.Arbitrary<PriceSheet> = fc.record({
  validFromMs: fc.constant(0),
  inputTicksPerToken: price,
  cachedInputTicksPerToken: price,
  imageInputTicksPerToken: price,
  audioInputTicksPerToken: price,
  outputTicksPerToken: price,
});

/** Sane usages, also those whose cached tokens reach into the images. */
function usage(maximum: number): fc.Arbitrary<TokenUsage> {
  const count = fc.nat({ max: maximum });
  return fc.tuple(count, count, count, count, count, count).map(([input, a, b, c, output, reasoning]) => {
    const image = Math.min(a, input);
    return {
      inputTokens: input,
      cachedInputTokens: Math.min(b, input),
      imageInputTokens: image,
      audioInputTokens: Math.min(c, input - image),
      outputTokens: output,
      reasoningTokens: reasoning,
    };
  });
}

function scale(of: TokenUsage, by: number): TokenUsage {
  return {
    inputTokens: of.inputTokens * by,
    cachedInputTokens: of.cachedInputTokens * by,
    imageInputTokens: of.imageInputTokens * by,
    audioInputTokens: of.audioInputTokens * by,
    outputTokens: of.outputTokens * by,
    reasoningTokens: of.reasoningTokens * by,
  };
}

test('a cost is the sum of the price of each token', () => {
  fc.assert(
    fc.property(sheet, usage(60), (prices, used) => {
      let sum = 0n;
      for (let token = 0; token < used.inputTokens; token += 1) {
        const isImage = token < used.imageInputTokens;
        const isAudio = !isImage && token < used.imageInputTokens + used.audioInputTokens;
        const textToken = token - used.imageInputTokens - used.audioInputTokens;
        if (isImage) sum += prices.imageInputTicksPerToken;
        else if (isAudio) sum += prices.audioInputTicksPerToken;
        else if (textToken < used.cachedInputTokens) sum += prices.cachedInputTicksPerToken;
        else sum += prices.inputTicksPerToken;
      }
      for (let token = 0; token < used.outputTokens + used.reasoningTokens; token += 1)
        sum += prices.outputTicksPerToken;
      expect(cost(prices, used)).toBe(sum);
    }),
  );
});

test('a cost is never negative and linear: in the prices, and in how often the same is used', () => {
  fc.assert(
    fc.property(sheet, sheet, usage(1_000_000), fc.nat({ max: 50 }), (prices, others, used, times) => {
      const once = cost(prices, used);
      expect(once >= 0n).toBe(true);
      expect(cost(prices, scale(used, times))).toBe(once * BigInt(times));
      const both = Object.fromEntries(
        Object.entries(prices).map(([name, ticks]) => [name, ticks + others[name as keyof PriceSheet]]),
      );
      expect(cost(both as unknown as PriceSheet, used)).toBe(once + cost(others, used));
    }),
  );
});

test('the upper bound is never below the cost of any usage within it', () => {
  fc.assert(
    fc.property(sheet, usage(100_000_000), fc.nat(100), fc.nat(100), (prices, used, moreIn, moreOut) => {
      const output = used.outputTokens + used.reasoningTokens + moreOut;
      expect(upperBoundCost(prices, used.inputTokens + moreIn, output) >= cost(prices, used)).toBe(true);
    }),
  );
});

test('the upper bound is reached where every token is of the dearest kind', () => {
  const prices: PriceSheet = {
    validFromMs: 0,
    inputTicksPerToken: 2n,
    cachedInputTicksPerToken: 1n,
    imageInputTicksPerToken: 7n,
    audioInputTicksPerToken: 5n,
    outputTicksPerToken: 11n,
  };
  const used = { ...NO_USAGE, inputTokens: 10, imageInputTokens: 10, outputTokens: 2, reasoningTokens: 1 };
  expect(upperBoundCost(prices, 10, 3)).toBe(103n);
  expect(cost(prices, used)).toBe(103n);
});

test('the published figures come out', () => {
  const perMillion = (input: bigint, output: bigint): PriceSheet => ({
    validFromMs: 0,
    inputTicksPerToken: input * 10_000n,
    cachedInputTicksPerToken: input * 10_000n,
    imageInputTicksPerToken: input * 10_000n,
    audioInputTicksPerToken: 0n,
    outputTicksPerToken: output * 10_000n,
  });
  // xAI's own answer for grok-2-1212 at $2 and $10: `cost_in_usd_ticks` 1,180,000 for 14 and 9 tokens.
  expect(cost(perMillion(2n, 10n), { ...NO_USAGE, inputTokens: 14, outputTokens: 9 })).toBe(1_180_000n);
  const grokBeta = perMillion(5n, 15n);
  expect(cost(grokBeta, { ...NO_USAGE, inputTokens: 1 })).toBe(50_000n);
  expect(cost(grokBeta, { ...NO_USAGE, outputTokens: 1 })).toBe(150_000n);
  expect(cost(grokBeta, { ...NO_USAGE, reasoningTokens: 1 })).toBe(150_000n);
});

test('a usage that is not sane has no cost', () => {
  const prices = { ...FREE, inputTicksPerToken: 5n };
  for (const used of [
    { ...NO_USAGE, inputTokens: -1 },
    { ...NO_USAGE, outputTokens: 0.5 },
    { ...NO_USAGE, outputTokens: Number.NaN },
    { ...NO_USAGE, inputTokens: 5, cachedInputTokens: 6 },
    { ...NO_USAGE, reasoningTokens: 2 ** 63 },
  ]) {
    expect(() => cost(prices, used)).toThrow(RangeError);
  }
});

test('what is affordable is paid for in full, and one token more is not', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 1n, max: MAXIMUM_TICKS_PER_TOKEN }),
      fc.bigInt({ min: 0n, max: 9_007_199_254_740_991n }),
      (ticksPerToken, ticks) => {
        const tokens = BigInt(affordableOutputTokens({ ...FREE, outputTicksPerToken: ticksPerToken }, ticks));
        expect(tokens * ticksPerToken <= ticks).toBe(true);
        expect((tokens + 1n) * ticksPerToken > ticks).toBe(true);
      },
    ),
  );
  expect(affordableOutputTokens({ ...FREE, outputTicksPerToken: 3n }, -1n)).toBe(0);
  expect(affordableOutputTokens(FREE, 0n)).toBe(Number.POSITIVE_INFINITY);
});

test('the sheet in force is the youngest that has begun, in whatever order they are given', () => {
  const moment = fc.integer({ min: -20, max: 20 });
  fc.assert(
    fc.property(fc.uniqueArray(moment), moment, (begins, atMs) => {
      const begun = begins.filter((fromMs) => fromMs <= atMs);
      const found = priceAt(
        begins.map((validFromMs) => ({ ...FREE, validFromMs })),
        atMs,
      );
      expect(found?.validFromMs).toBe(begun.length === 0 ? undefined : Math.max(...begun));
    }),
  );
  const first = { ...FREE, inputTicksPerToken: 1n };
  const corrected = { ...FREE, inputTicksPerToken: 2n };
  expect(priceAt([first, corrected], 0)).toBe(corrected);
});

test('a sheet with a negative or absurd price, or no real moment, is not sane', () => {
  expect(isSanePriceSheet(FREE)).toBe(true);
  expect(isSanePriceSheet({ ...FREE, outputTicksPerToken: MAXIMUM_TICKS_PER_TOKEN })).toBe(true);
  for (const name of Object.keys(FREE).filter((key) => key !== 'validFromMs')) {
    expect(isSanePriceSheet({ ...FREE, [name]: -1n })).toBe(false);
    expect(isSanePriceSheet({ ...FREE, [name]: MAXIMUM_TICKS_PER_TOKEN + 1n })).toBe(false);
  }
  for (const validFromMs of [Number.NaN, Number.POSITIVE_INFINITY, 0.5]) {
    expect(isSanePriceSheet({ ...FREE, validFromMs })).toBe(false);
  }
});

const FREE: PriceSheet = {
  validFromMs: 0,
  inputTicksPerToken: 0n,
  cachedInputTicksPerToken: 0n,
  imageInputTicksPerToken: 0n,
  audioInputTicksPerToken: 0n,
  outputTicksPerToken: 0n,
};
