import * as z from 'zod';
import { pageOf, pageQuery } from './paging.ts';
import { Id, Moment, Ticks } from './scalars.ts';

export const StatementKind = z.enum(['grant', 'withdrawal', 'hold', 'charge', 'release']);

/** One movement of a team's credit. */
export const StatementRow = z.object({
  id: z.string().meta({ description: 'Orders the movements; the younger the larger.' }),
  atMs: Moment,
  kind: StatementKind,
  amountTicks: Ticks.meta({
    description:
      'What it adds to what is available: a hold takes away, its end gives back what was not charged.',
  }),
  chargedTicks: Ticks.nullable().meta({ description: 'What the request cost, where it ended here.' }),
  balanceAfterTicks: Ticks.nullable().meta({
    description: 'Available after it; null where only credit or a span of time is shown.',
  }),
  requestId: Id.nullable(),
  model: z.string().nullable(),
  memo: z.string().nullable(),
});
export type StatementRow = z.infer<typeof StatementRow>;

export const StatementPage = pageOf(StatementRow);
export type StatementPage = z.infer<typeof StatementPage>;

/** `what`: all movements, only charges with their requests, or only credit that came and went. */
export const StatementQuery = z.strictObject({
  ...pageQuery,
  what: z.enum(['everything', 'charges', 'credit']).default('everything'),
  fromMs: z.coerce.number().int().min(0).optional(),
  toMs: z.coerce.number().int().min(0).optional(),
});
export type StatementQuery = z.infer<typeof StatementQuery>;

export const Credit = z.object({
  availableTicks: Ticks,
  heldTicks: Ticks,
  grantedTicks: Ticks,
  chargedTicks: Ticks,
  withheld: z
    .object({ reason: z.enum(['mailbox', 'day']), askedTicks: Ticks })
    .nullable()
    .meta({
      description:
        "Why the person's own team began without the free credit: their mailbox had some before, or the day's was given away. Null where it did not, or has had credit since.",
    }),
});
export type Credit = z.infer<typeof Credit>;

export const ExportQuery = z.strictObject({
  format: z.enum(['csv', 'json']).default('csv'),
  fromMs: z.coerce.number().int().min(0).optional(),
  toMs: z.coerce.number().int().min(0).optional(),
});

export const Redemption = z.strictObject({ code: z.string().trim().min(1).max(64) });
export const Redeemed = z.object({ amountTicks: Ticks, balanceTicks: Ticks });
export type Redeemed = z.infer<typeof Redeemed>;
