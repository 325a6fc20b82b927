import * as z from 'zod';
import { Latency } from './models.ts';
import { Count, Id, Moment, Ticks } from './scalars.ts';

/** An upstream, without its key. */
export const Channel = z.object({
  id: Id,
  name: z.string(),
  kind: z.enum(['openai-compatible', 'simulator', 'local']),
  baseUrl: z.string(),
  hasKey: z.boolean(),
  models: z.array(z.object({ model: z.string(), upstreamModel: z.string() })),
  inputModalities: z.array(z.enum(['text', 'image'])),
  contextTokens: Count.nullable(),
  priority: Count,
  enabled: z.boolean(),
  createdAtMs: Moment,
  troubles: z.array(z.object({ model: z.string(), failuresInARow: Count, restsUntilMs: Moment })).meta({
    description:
      'Models that it has failed for and not answered since, as this server has seen it. Others are asked first while it rests.',
  }),
  seen: z.object({
    answered24h: Count,
    failed24h: Count,
    latency: Latency,
    chargedThisMonthTicks: Ticks.meta({ description: 'What callers were charged for its answers.' }),
    hours: z
      .array(z.object({ atMs: Moment, answered: Count, failed: Count }))
      .meta({ description: 'The last 24 hours with this one, oldest first.' }),
  }),
});
export type Channel = z.infer<typeof Channel>;
export const ChannelList = z.object({ rows: z.array(Channel) });

const ChannelFields = {
  address: z.string().max(2_000).optional(),
  key: z
    .string()
    .max(4_096)
    .nullish()
    .meta({ description: 'Sealed before it is stored, and never shown again.' }),
  models: z
    .array(z.string().max(400))
    .max(500)
    .optional()
    .meta({ description: 'MODEL, MODEL=NAME THERE, * or *=NAME.' }),
  inputModalities: z.array(z.enum(['text', 'image'])).optional(),
  contextTokens: z.int().min(1).nullish(),
  priority: z
    .int()
    .min(0)
    .max(1_000)
    .optional()
    .meta({ description: 'Of several channels the one with the higher number is asked first.' }),
  enabled: z.boolean().optional(),
};
export const NewChannel = z.strictObject({
  name: z.string().trim().min(1).max(100),
  kind: z.enum(['openai-compatible', 'simulator']).default('openai-compatible'),
  ...ChannelFields,
});
export const ChannelEdit = z.strictObject({
  name: z.string().trim().min(1).max(100).optional(),
  ...ChannelFields,
});

export const ChannelTest = z.strictObject({
  model: z.string().min(1).max(128).meta({ description: 'A public model that the channel serves.' }),
  prompt: z.string().min(1).max(2_000).default('Say hello in five words.'),
});
/** What an upstream answered to one small call. Nobody is charged for it here. */
export const ChannelTested = z.object({
  ok: z.boolean(),
  httpStatus: Count.nullable(),
  answer: z.string().nullable(),
  failure: z.string().nullable(),
  durationMs: z.number(),
  inputTokens: Count.nullable(),
  outputTokens: Count.nullable(),
});
export type ChannelTested = z.infer<typeof ChannelTested>;
