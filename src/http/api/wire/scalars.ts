import * as z from 'zod';

/** What every schema of this API is made of. Money is exact, so it travels as text: no number holds every tick. */
export const Ticks = z
  .string()
  .regex(/^-?\d{1,19}$/)
  .meta({ description: 'Money in ticks, as decimal text: 10,000,000,000 are one US dollar.' });
export type Ticks = z.infer<typeof Ticks>;

/** An amount to set: never negative. */
export const Amount = z
  .string()
  .regex(/^\d{1,19}$/)
  .meta({ description: 'An amount in ticks, as decimal text.' });

export const Moment = z
  .int()
  .min(0)
  .max(8_640_000_000_000_000)
  .meta({ description: 'Milliseconds since the epoch.' });

export const Count = z.int().min(0);

/** Names an object of ours. Whatever it holds, it is only ever compared. */
export const Id = z.string().min(1).max(128);

/** A UTC day. */
export const Day = z.iso.date().meta({ description: 'A UTC day, such as 2026-11-22.' });

export const Language = z.enum(['en', 'zh']);

/** A sentence in both languages, as an operator writes it. */
export const BothLanguages = z.strictObject({
  en: z.string().trim().min(1).max(500),
  zh: z.string().trim().min(1).max(500),
});

/** What stays when there is nothing to answer but that it was done. */
export const Done = z.object({ done: z.literal(true) });
export type Done = z.infer<typeof Done>;
