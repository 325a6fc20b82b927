import type { CatalogueModel } from '../domain/model-catalogue.ts';
import type { PriceSheet } from '../domain/price.ts';

/** A model that comes with the program, and the version of the shipped set that brought it. */
export interface ShippedModel extends CatalogueModel {
  readonly sinceVersion: number;
}

/** $5 per million tokens in, of whatever kind, and $15 per million out: the beta knew no discount for a cache. */
const BETA_PRICE: PriceSheet = {
  validFromMs: 0,
  inputTicksPerToken: 50_000n,
  cachedInputTicksPerToken: 50_000n,
  imageInputTicksPerToken: 50_000n,
  audioInputTicksPerToken: 50_000n,
  outputTicksPerToken: 150_000n,
};

/**
 * The two models of the public beta, as its walk-through describes them. They also answer to the names that their
 * successors had: clients that were made later ask for those first, One API's test of a fresh channel for example.
 */
export const SHIPPED_CATALOGUE: { readonly version: number; readonly models: readonly ShippedModel[] } = {
  version: 1,
  models: [
    {
      sinceVersion: 1,
      id: 'grok-beta',
      aliases: ['grok-2', 'grok-2-latest', 'grok-2-1212'],
      inputModalities: ['text'],
      outputModalities: ['text'],
      contextTokens: 131_072,
      maximumOutputTokens: 131_072,
      limits: { requestsPerSecond: 1, requestsPerMinute: 60, requestsPerHour: 1_200 },
      prices: [BETA_PRICE],
      createdAtMs: Date.UTC(2024, 10, 4),
      ownedBy: 'xai',
      enabled: true,
    },
    {
      sinceVersion: 1,
      id: 'grok-vision-beta',
      aliases: ['grok-2-vision', 'grok-2-vision-latest', 'grok-2-vision-1212'],
      inputModalities: ['text', 'image'],
      outputModalities: ['text'],
      contextTokens: 8_192,
      maximumOutputTokens: 8_192,
      limits: { requestsPerSecond: 1, requestsPerMinute: 3, requestsPerHour: 60 },
      prices: [BETA_PRICE],
      createdAtMs: Date.UTC(2024, 10, 22),
      ownedBy: 'xai',
      enabled: true,
    },
  ],
};
