import type { Prices } from '../../../src/http/api/wire/models.ts';

export interface PriceVersion {
  readonly prices: Prices;
  readonly state: 'past' | 'now' | 'later';
  /** When the next one takes its place. */
  readonly untilMs: number | undefined;
}

/** The price sheets with when each holds, the youngest first: what comes, what holds, and what was. */
export function priceVersions(sheets: readonly Prices[], nowMs: number): PriceVersion[] {
  const oldestFirst = sheets.toSorted((a, b) => a.validFromMs - b.validFromMs);
  const current = oldestFirst.findLastIndex(({ validFromMs }) => validFromMs <= nowMs);
  return oldestFirst
    .map((prices, at): PriceVersion => {
      const state = at === current ? 'now' : at < current ? 'past' : 'later';
      return { prices, state, untilMs: oldestFirst[at + 1]?.validFromMs };
    })
    .reverse();
}

export function currentPrices(sheets: readonly Prices[], nowMs: number): Prices | undefined {
  return priceVersions(sheets, nowMs).find(({ state }) => state === 'now')?.prices;
}
