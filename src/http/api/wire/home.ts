import * as z from 'zod';
import { Alert } from './alerts.ts';
import { RequestRow } from './requests.ts';
import { Count, Day, Moment, Ticks } from './scalars.ts';

/** What is left of one window of a limit, now. */
export const LimitLeft = z.object({
  limit: z.enum([
    'requestsPerSecond',
    'requestsPerMinute',
    'requestsPerHour',
    'tokensPerMinute',
    'requestsInFlight',
  ]),
  most: Count,
  left: Count,
});
export type LimitLeft = z.infer<typeof LimitLeft>;

export const ModelLimits = z.object({
  model: z.string(),
  contextTokens: Count,
  limits: z
    .array(LimitLeft)
    .meta({ description: 'As this server has counted; other servers count for themselves.' }),
});
export type ModelLimits = z.infer<typeof ModelLimits>;

export const ModelDay = z.object({
  day: Day,
  model: z.string(),
  requests: Count,
  failedRequests: Count,
  inputTokens: Count,
  outputTokens: Count,
  costTicks: Ticks,
});
export type ModelDay = z.infer<typeof ModelDay>;

/** The home page of a team in one answer. Days begin at midnight UTC. */
export const Home = z.object({
  balance: z.object({
    availableTicks: Ticks,
    heldTicks: Ticks.meta({ description: 'Set aside for requests under way.' }),
    grantedTicks: Ticks.meta({ description: 'All credit that was ever granted, less what was withdrawn.' }),
    daysLeft: z
      .number()
      .nullable()
      .meta({ description: 'At the pace of the last seven days; null without spending.' }),
  }),
  today: z.object({
    startsAtMs: Moment,
    spentTicks: Ticks,
    usualByNowTicks: Ticks.nullable().meta({
      description:
        'What the seven days before had spent by this time of day, on average; null without such days.',
    }),
    requests: Count,
    failedRequests: Count.meta({ description: 'Refused ones included.' }),
    requestsByHour: z.array(Count).meta({ description: '24 hours from midnight UTC.' }),
  }),
  days: z.array(ModelDay).meta({ description: 'The last 14 days with today, oldest first.' }),
  limits: z.array(ModelLimits),
  latest: z.array(RequestRow),
  alerts: z.array(Alert).meta({ description: 'Those that are crossed now.' }),
});
export type Home = z.infer<typeof Home>;
