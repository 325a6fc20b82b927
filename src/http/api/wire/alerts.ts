import * as z from 'zod';
import { Amount, Id, Moment, Ticks } from './scalars.ts';

/** Tells once when the line is crossed, and again only after it was crossed back. */
export const Alert = z.object({
  id: Id,
  kind: z.enum(['balance-below', 'spent-in-a-day']),
  thresholdTicks: Ticks,
  email: z.boolean().meta({ description: 'Whether owners and administrators get a mail as well.' }),
  enabled: z.boolean(),
  crossedAtMs: Moment.nullable().meta({ description: 'Since when it is crossed; null while it is not.' }),
});
export type Alert = z.infer<typeof Alert>;

export const AlertList = z.object({ rows: z.array(Alert) });

export const NewAlert = z.strictObject({
  kind: z.enum(['balance-below', 'spent-in-a-day']),
  thresholdTicks: Amount,
  email: z.boolean().default(true),
});

export const AlertEdit = z.strictObject({
  thresholdTicks: Amount.optional(),
  email: z.boolean().optional(),
  enabled: z.boolean().optional(),
});
