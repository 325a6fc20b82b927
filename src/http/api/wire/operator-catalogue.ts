import * as z from 'zod';
import { Prices } from './models.ts';
import { Amount, Count, Moment, Ticks } from './scalars.ts';

const Limits = z.object({
  requestsPerSecond: Count.nullable(),
  requestsPerMinute: Count.nullable(),
  requestsPerHour: Count.nullable(),
  tokensPerMinute: Count.nullable(),
  requestsInFlight: Count.nullable(),
});

/** A model of the catalogue with all its price sheets, switched off or not. */
export const CatalogueModel = z.object({
  id: z.string(),
  aliases: z.array(z.string()),
  inputModalities: z.array(z.enum(['text', 'image'])),
  outputModalities: z.array(z.enum(['text', 'image'])),
  contextTokens: Count,
  maximumOutputTokens: Count,
  limits: Limits,
  prices: z.array(Prices).meta({ description: 'Oldest first.' }),
  ownedBy: z.string(),
  enabled: z.boolean(),
  createdAtMs: Moment,
  answeredBy: z.string().nullable(),
});
export type CatalogueModel = z.infer<typeof CatalogueModel>;
export const Catalogue = z.object({ rows: z.array(CatalogueModel) });

const limit = z.int().min(1).nullish();
export const ModelEdit = z.strictObject({
  aliases: z.array(z.string().max(128)).max(100).optional(),
  inputModalities: z.array(z.enum(['text', 'image'])).optional(),
  contextTokens: z.int().min(1).optional(),
  maximumOutputTokens: z.int().min(1).optional(),
  limits: z
    .strictObject({
      requestsPerSecond: limit,
      requestsPerMinute: limit,
      requestsPerHour: limit,
      tokensPerMinute: limit,
      requestsInFlight: limit,
    })
    .optional(),
  ownedBy: z.string().max(64).optional(),
  enabled: z.boolean().optional(),
  prices: z
    .strictObject({ inputTicksPerToken: Amount, outputTicksPerToken: Amount })
    .optional()
    .meta({ description: 'Of a new model, from now on.' }),
});

/** Prices from a moment on. What is absent costs what text costs. */
export const NewPrices = z.strictObject({
  validFromMs: Moment.optional().meta({ description: 'Now when absent; never a moment that has passed.' }),
  inputTicksPerToken: Amount,
  cachedInputTicksPerToken: Amount.optional(),
  imageInputTicksPerToken: Amount.optional(),
  audioInputTicksPerToken: Amount.optional(),
  outputTicksPerToken: Amount,
});

/** What the last 30 days of a model would have cost by other prices. */
export const PricePreview = z.object({
  requests: Count,
  nowTicks: Ticks,
  thenTicks: Ticks,
});
export type PricePreview = z.infer<typeof PricePreview>;
