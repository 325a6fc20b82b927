import * as z from 'zod';
import { LimitLeft } from './home.ts';
import { Count, Moment, Ticks } from './scalars.ts';

/** Prices in ticks for one token, valid from a moment on. */
export const Prices = z.object({
  validFromMs: Moment,
  inputTicksPerToken: Ticks,
  cachedInputTicksPerToken: Ticks,
  imageInputTicksPerToken: Ticks,
  audioInputTicksPerToken: Ticks,
  outputTicksPerToken: Ticks,
});
export type Prices = z.infer<typeof Prices>;

export const Latency = z
  .object({
    requests: Count.meta({ description: 'How many of the latest requests it is made from.' }),
    firstTokenP50Ms: z.number().nullable(),
    firstTokenP95Ms: z.number().nullable(),
  })
  .meta({ description: 'As seen here, over the latest answered requests.' });
export type Latency = z.infer<typeof Latency>;

/** A model as this team can use it now. */
export const Model = z.object({
  id: z.string(),
  aliases: z.array(z.string()),
  inputModalities: z.array(z.enum(['text', 'image'])),
  outputModalities: z.array(z.enum(['text', 'image'])),
  contextTokens: Count.meta({
    description: 'What is enforced: the smaller of the catalogue and what answers.',
  }),
  maximumOutputTokens: Count,
  prices: Prices.nullable(),
  nextPrices: Prices.nullable().meta({ description: 'A change that is already known.' }),
  limits: z.array(LimitLeft),
  latency: Latency,
  answeredBy: z.object({
    name: z.string().nullable().meta({ description: 'What answers it now; null when nothing does.' }),
    simulated: z.boolean(),
  }),
});
export type Model = z.infer<typeof Model>;

export const ModelList = z.object({ rows: z.array(Model) });
export type ModelList = z.infer<typeof ModelList>;
