import * as z from 'zod';
import { Count, Moment, Ticks } from './scalars.ts';

const Figures = z.object({
  requests: Count,
  failedRequests: Count,
  inputTokens: Count,
  outputTokens: Count,
  costTicks: Ticks,
});

/** The whole installation in one answer. */
export const Overview = z.object({
  today: Figures,
  days: z
    .array(Figures.extend({ atMs: Moment }))
    .meta({ description: 'The last 14 UTC days with today, oldest first.' }),
  models: z.array(Figures.extend({ model: z.string() })).meta({ description: 'Of those days.' }),
  points: z
    .array(Figures.extend({ atMs: Moment, model: z.string() }))
    .meta({ description: 'Of a model on a day, oldest first; days without its requests are left out.' }),
  channels: z.array(Figures.extend({ channel: z.string() })).meta({ description: 'Of those days.' }),
  openRequests: Count.meta({ description: 'Under way in the process that answers this.' }),
  balances: z.object({
    availableTicks: Ticks.meta({ description: 'Of all teams.' }),
    heldTicks: Ticks,
  }),
  people: Count,
  teams: Count,
  database: z.object({
    engine: z.string(),
    sizeBytes: Count.nullable().meta({ description: 'Null where it is on another machine.' }),
  }),
  disk: z.object({ freeBytes: Count, sizeBytes: Count }).nullable(),
  version: z.string(),
  startedAtMs: Moment,
});
export type Overview = z.infer<typeof Overview>;
