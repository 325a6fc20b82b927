import type { Prices } from '../../../src/http/api/wire/models.ts';
import type { CatalogueModel } from '../../../src/http/api/wire/operator-catalogue.ts';
import { dollarsAMillion, ticksPerToken } from '../../set-up/price-text.ts';

/** What can be priced, by the name that the API has for it. */
export const PRICE_MEMBERS = [
  'inputTicksPerToken',
  'cachedInputTicksPerToken',
  'imageInputTicksPerToken',
  'audioInputTicksPerToken',
  'outputTicksPerToken',
] as const;
export type PriceMember = (typeof PRICE_MEMBERS)[number];

/** What costs as much as text unless it has a price of its own. */
const AS_TEXT: readonly PriceMember[] = [
  'cachedInputTicksPerToken',
  'imageInputTicksPerToken',
  'audioInputTicksPerToken',
];

export function isAsText(member: PriceMember): boolean {
  return AS_TEXT.includes(member);
}

/** What a model is priced by: images where it takes them, audio where somebody has ever priced it. */
export function membersOf(model: Pick<CatalogueModel, 'inputModalities' | 'prices'>): PriceMember[] {
  return PRICE_MEMBERS.filter((member) => {
    if (member === 'imageInputTicksPerToken') return model.inputModalities.includes('image');
    if (member !== 'audioInputTicksPerToken') return true;
    return model.prices.some((prices) => prices[member] !== prices.inputTicksPerToken);
  });
}

/** Dollars a million tokens, as they are typed. */
export type TypedPrices = Readonly<Record<PriceMember, string>>;

/** What costs as much as text is left empty, so that it follows when the price of text is changed. */
export function typedPrices(prices: Prices | undefined): TypedPrices {
  const text = (member: PriceMember) => {
    if (prices === undefined) return '';
    const isSame = isAsText(member) && prices[member] === prices.inputTicksPerToken;
    return isSame ? '' : dollarsAMillion(prices[member]);
  };
  return {
    inputTicksPerToken: text('inputTicksPerToken'),
    cachedInputTicksPerToken: text('cachedInputTicksPerToken'),
    imageInputTicksPerToken: text('imageInputTicksPerToken'),
    audioInputTicksPerToken: text('audioInputTicksPerToken'),
    outputTicksPerToken: text('outputTicksPerToken'),
  };
}

/** What the API takes. What costs as much as text may be left out. */
export type PricesBody = Partial<Record<PriceMember, string>>;

/** The body, or the first member that is no price. */
export function readTypedPrices(typed: TypedPrices): PricesBody | { readonly wrong: PriceMember } {
  const body: PricesBody = {};
  for (const member of PRICE_MEMBERS) {
    const text = typed[member].trim();
    if (text === '' && isAsText(member)) continue;
    const ticks = ticksPerToken(text);
    if (ticks === undefined) return { wrong: member };
    body[member] = ticks;
  }
  return body;
}
