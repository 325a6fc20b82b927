/**
 * Money. The unit is the tick: 1 USD = 10,000,000,000 ticks, the unit of `cost_in_usd_ticks` on the xAI wire.
 * A price is whole ticks per token ($5 per million tokens = 50,000 ticks), so a cost is a multiplication of
 * integers and nothing is ever rounded. There are no floats here.
 */
export type Ticks = bigint;

export const TICKS_PER_USD: Ticks = 10_000_000_000n;

/**
 * The most that one command may move, about $900,719. Below it a tick amount is exact as a JSON number too,
 * and the sum of a thousand such amounts stays inside a signed 64-bit column.
 */
export const MAXIMUM_TICKS: Ticks = 9_007_199_254_740_991n;

/**
 * Reads an amount as a person types it: `$25`, `25.00`, `1,000.50`, or `250000000000 ticks`.
 * Undefined for anything else: more than ten decimals, a sign, an exponent, more than `MAXIMUM_TICKS`, or a
 * comma that does not part thousands (`0,001` is a thousandth to half the world).
 */
export function parseMoney(text: string): Ticks | undefined {
  const trimmed = text.trim();
  const ticks = /^(\d{1,20}) ?ticks?$/.exec(trimmed);
  if (ticks?.[1] !== undefined) return withinMaximum(BigInt(ticks[1]));

  const dollars = /^\$?([1-9]\d{0,2}(?:,\d{3}){1,5}|\d{1,18})(?:\.(\d{1,10}))?$/.exec(trimmed);
  if (dollars?.[1] === undefined) return undefined;
  const whole = BigInt(dollars[1].replaceAll(',', ''));
  const fraction = BigInt((dollars[2] ?? '').padEnd(10, '0'));
  return withinMaximum(whole * TICKS_PER_USD + fraction);
}

function withinMaximum(ticks: Ticks): Ticks | undefined {
  return ticks <= MAXIMUM_TICKS ? ticks : undefined;
}

/**
 * An amount as people read it: `$25.00`, `$24.9987`, `−$0.000095`. Every non-zero digit is shown, at least two
 * decimals are, and thousands are parted by commas. Never rounded.
 */
export function formatUsd(ticks: Ticks): string {
  const magnitude = ticks < 0n ? -ticks : ticks;
  const whole = (magnitude / TICKS_PER_USD).toString().replace(/\B(?=(\d{3})+$)/g, ',');
  const fraction = (magnitude % TICKS_PER_USD)
    .toString()
    .padStart(10, '0')
    .replace(/0{1,8}$/, '');
  return `${ticks < 0n ? '−' : ''}$${whole}.${fraction}`;
}

/** A tick amount as a JSON number. Asserts the bound that keeps it exact. */
export function ticksToNumber(ticks: Ticks): number {
  if (ticks > MAXIMUM_TICKS || ticks < -MAXIMUM_TICKS) throw new RangeError('ticks beyond the exact range');
  return Number(ticks);
}
