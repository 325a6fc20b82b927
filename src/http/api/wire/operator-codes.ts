import * as z from 'zod';
import { pageOf } from './paging.ts';
import { Amount, Count, Id, Moment, Ticks } from './scalars.ts';

/** A code that gives credit. Only its SHA-256 is kept, so it is shown once. */
export const Code = z.object({
  id: Id,
  redacted: z.string(),
  amountTicks: Ticks,
  uses: z.object({ most: Count, done: Count }),
  memo: z.string(),
  expiresAtMs: Moment.nullable(),
  endedAtMs: Moment.nullable(),
  createdAtMs: Moment,
  createdBy: z.string().meta({ description: 'The name of whoever made it, as they are called now.' }),
});
export type Code = z.infer<typeof Code>;
export const CodePage = pageOf(Code);

/** A team that has redeemed a code. */
export const CodeUse = z.object({
  team: z.object({ id: Id, name: z.string().nullable() }),
  person: z.object({ userId: Id, name: z.string().nullable() }),
  atMs: Moment,
});
export type CodeUse = z.infer<typeof CodeUse>;
export const CodeUses = z.object({ rows: z.array(CodeUse) });

export const NewCodes = z.strictObject({
  count: z.int().min(1).max(500).default(1),
  amountTicks: Amount,
  mostUses: z.int().min(1).max(100_000).default(1).meta({ description: 'Each team may use a code once.' }),
  memo: z.string().trim().max(100).default(''),
  expiresAtMs: Moment.nullish(),
});
export const MadeCodes = z.object({ rows: z.array(Code.extend({ code: z.string() })) });
