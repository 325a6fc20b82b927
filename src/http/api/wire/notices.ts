import * as z from 'zod';
import { BothLanguages, Id, Moment } from './scalars.ts';

export const NoticeTone = z.enum(['info', 'warning', 'critical']);

/** What the operator says to everyone, on every page, in both languages. */
export const Notice = z.object({
  id: Id,
  tone: NoticeTone,
  text: BothLanguages,
  startsAtMs: Moment,
  endsAtMs: Moment.nullable(),
});
export type Notice = z.infer<typeof Notice>;

export const NewNotice = z.strictObject({
  tone: NoticeTone,
  text: BothLanguages,
  startsAtMs: Moment.optional().meta({ description: 'Now when absent.' }),
  endsAtMs: Moment.nullish(),
});

export const Notices = z.object({ rows: z.array(Notice) });
