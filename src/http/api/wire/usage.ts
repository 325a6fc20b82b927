import * as z from 'zod';
import { Count, Id, Moment, Ticks } from './scalars.ts';

/** A span of at most 400 days, or of 14 days where it is asked by the hour. Not included is its end. */
export const UsageQuery = z.strictObject({
  fromMs: z.coerce.number().int().min(0),
  toMs: z.coerce.number().int().min(0),
  step: z.enum(['hour', 'day']).default('day'),
  groupBy: z.enum(['model', 'key', 'person']).default('model'),
  model: z.string().max(128).optional(),
  keyId: Id.optional(),
  userId: Id.optional(),
});
export type UsageQuery = z.infer<typeof UsageQuery>;

export const UsageFigures = z.object({
  requests: Count,
  failedRequests: Count,
  inputTokens: Count,
  cachedInputTokens: Count,
  outputTokens: Count.meta({ description: 'Reasoning included.' }),
  reasoningTokens: Count,
  costTicks: Ticks,
});
export type UsageFigures = z.infer<typeof UsageFigures>;

export const UsageGroup = UsageFigures.extend({
  id: z.string().meta({ description: 'A model, a key (or `console`, `chat`) or a person.' }),
  name: z.string(),
  medianFirstTokenMs: z.number().nullable().meta({ description: 'Of the latest requests; by model only.' }),
});
export type UsageGroup = z.infer<typeof UsageGroup>;

/** Usage of a team: whole hours or UTC days, the figures of each group in each, and their sums. */
export const Usage = z.object({
  fromMs: Moment,
  toMs: Moment,
  step: z.enum(['hour', 'day']),
  total: UsageFigures,
  groups: z.array(UsageGroup).meta({ description: 'The dearest first.' }),
  points: z.array(UsageFigures.extend({ atMs: Moment, groupId: z.string() })).meta({
    description: 'Oldest first; a step without requests is left out.',
  }),
});
export type Usage = z.infer<typeof Usage>;
