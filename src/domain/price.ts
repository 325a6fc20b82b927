import type { Ticks } from './money.ts';
import { isSaneUsage, type TokenUsage } from './usage.ts';

/** The prices of one model from a moment on, in whole ticks per token. */
export interface PriceSheet {
  readonly validFromMs: number;
  readonly inputTicksPerToken: Ticks;
  /** For the part of the prompt that was read from a cache. */
  readonly cachedInputTicksPerToken: Ticks;
  readonly imageInputTicksPerToken: Ticks;
  readonly audioInputTicksPerToken: Ticks;
  /** For the visible answer and for reasoning alike. */
  readonly outputTicksPerToken: Ticks;
}

/** Above this ($100 a token) a price is a slip of the keyboard. */
export const MAXIMUM_TICKS_PER_TOKEN: Ticks = 1_000_000_000_000n;

/** True when no price is negative or absurd, so that no cost can be negative or wrap. */
export function isSanePriceSheet(sheet: PriceSheet): boolean {
  const { validFromMs, ...prices } = sheet;
  return (
    Number.isSafeInteger(validFromMs) &&
    Object.values(prices).every((price) => price >= 0n && price <= MAXIMUM_TICKS_PER_TOKEN)
  );
}

/**
 * The sheet in force at a moment: the youngest one that is already valid. A request keeps the sheet it was
 * admitted with, whatever happens to prices while it runs. Undefined when none is valid yet.
 */
export function priceAt(sheets: readonly PriceSheet[], atMs: number): PriceSheet | undefined {
  let found: PriceSheet | undefined;
  for (const sheet of sheets) {
    if (sheet.validFromMs <= atMs && (found === undefined || sheet.validFromMs >= found.validFromMs))
      found = sheet;
  }
  return found;
}

/**
 * What a usage costs. Cached tokens are taken off the text part of the prompt first. Asserts that the usage is
 * sane, so a charge can never be negative, whatever an upstream reported.
 */
export function cost(sheet: PriceSheet, usage: TokenUsage): Ticks {
  if (!isSaneUsage(usage)) throw new RangeError('a cost was asked for a usage that is not sane');
  const image = BigInt(usage.imageInputTokens);
  const audio = BigInt(usage.audioInputTokens);
  const text = BigInt(usage.inputTokens) - image - audio;
  const cached = minimum(BigInt(usage.cachedInputTokens), text);
  return (
    (text - cached) * sheet.inputTicksPerToken +
    cached * sheet.cachedInputTicksPerToken +
    image * sheet.imageInputTicksPerToken +
    audio * sheet.audioInputTicksPerToken +
    BigInt(usage.outputTokens + usage.reasoningTokens) * sheet.outputTicksPerToken
  );
}

/**
 * The most that a prompt and an output allowance can cost: every prompt token at the dearest input price.
 * Never below `cost` of any usage within the two counts.
 */
export function upperBoundCost(sheet: PriceSheet, inputTokens: number, outputTokens: number): Ticks {
  return BigInt(inputTokens) * dearestInput(sheet) + BigInt(outputTokens) * sheet.outputTicksPerToken;
}

function dearestInput(sheet: PriceSheet): Ticks {
  const text = maximum(sheet.inputTicksPerToken, sheet.cachedInputTicksPerToken);
  return maximum(text, maximum(sheet.imageInputTicksPerToken, sheet.audioInputTicksPerToken));
}

/** How many whole output tokens an amount pays for; `Infinity` where output is free. */
export function affordableOutputTokens(sheet: PriceSheet, ticks: Ticks): number {
  if (ticks < 0n) return 0;
  if (sheet.outputTicksPerToken === 0n) return Number.POSITIVE_INFINITY;
  return Number(ticks / sheet.outputTicksPerToken);
}

function maximum(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

function minimum(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
