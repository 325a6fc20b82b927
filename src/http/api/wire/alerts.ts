import * as z from 'zod';
import { Amount, Id, Ticks } from './scalars.ts';

const AlertKind = z.enum(['balance-below', 'spent-in-a-day']);

/** A line that a team draws for itself; whether it is crossed is seen whenever it is looked at. */
export const Alert = z.object({
  id: Id,
  kind: AlertKind,
  thresholdTicks: Ticks,
  enabled: z.boolean(),
  byLetter: z.boolean().meta({ description: 'Each crossing is told to owners and billing by letter.' }),
  isCrossed: z.boolean(),
  nowTicks: Ticks.meta({ description: 'The balance, or what was spent today (UTC).' }),
});
export type Alert = z.infer<typeof Alert>;

export const AlertList = z.object({
  rows: z.array(Alert),
  hasMail: z.boolean().meta({ description: 'Letters reach people.' }),
});
export type AlertList = z.infer<typeof AlertList>;

export const NewAlert = z.strictObject({
  kind: AlertKind,
  thresholdTicks: Amount,
  byLetter: z.boolean().optional(),
});

export const AlertEdit = z.strictObject({
  thresholdTicks: Amount.optional(),
  enabled: z.boolean().optional(),
  byLetter: z.boolean().optional(),
});
