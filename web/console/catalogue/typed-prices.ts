import type { Prices } from '../../../src/http/api/wire/models.ts';
import { dollarsAMillion, ticksPerToken } from '../../set-up/price-text.ts';

/** What can be priced, by the name that the API has for it. */
export const PRICE_MEMBERS = [
  'inputTicksPerToken',
  'cachedInputTicksPerToken',
  'imageInputTicksPerToken',
  'outputTicksPerToken',
] as const;
export type PriceMember = (typeof PRICE_MEMBERS)[number];

/** Dollars a million tokens, as they are typed. */
export type TypedPrices = Readonly<Record<PriceMember, string>>;

export function typedPrices(prices: Prices | undefined): TypedPrices {
  const text = (member: PriceMember) => (prices === undefined ? '' : dollarsAMillion(prices[member]));
  return {
    inputTicksPerToken: text('inputTicksPerToken'),
    cachedInputTicksPerToken: text('cachedInputTicksPerToken'),
    imageInputTicksPerToken: text('imageInputTicksPerToken'),
    outputTicksPerToken: text('outputTicksPerToken'),
  };
}

/** What the API takes. Cached and image input may be left empty: they cost what text costs. */
export type PricesBody = Partial<Record<PriceMember, string>>;

/** The body, or the first member that is no price. */
export function readTypedPrices(typed: TypedPrices): PricesBody | { readonly wrong: PriceMember } {
  const body: PricesBody = {};
  for (const member of PRICE_MEMBERS) {
    const text = typed[member].trim();
    const mayBeEmpty = member === 'cachedInputTicksPerToken' || member === 'imageInputTicksPerToken';
    if (text === '' && mayBeEmpty) continue;
    const ticks = ticksPerToken(text);
    if (ticks === undefined) return { wrong: member };
    body[member] = ticks;
  }
  return body;
}
