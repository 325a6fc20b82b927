import * as z from 'zod';
import { InstallationRole } from './me.ts';
import { pageOf, pageQuery } from './paging.ts';
import { Amount, Count, Id, Moment, Ticks } from './scalars.ts';

export const Person = z.object({
  id: Id,
  name: z.string(),
  email: z.string(),
  role: InstallationRole,
  banned: z.boolean(),
  createdAtMs: Moment,
  teams: Count,
});
export type Person = z.infer<typeof Person>;
export const PersonPage = pageOf(Person);

export const TeamSummary = z.object({
  id: Id,
  name: z.string(),
  slug: z.string(),
  personal: z.boolean(),
  blocked: z.boolean(),
  createdAtMs: Moment,
  members: Count,
  availableTicks: Ticks,
  heldTicks: Ticks,
});
export type TeamSummary = z.infer<typeof TeamSummary>;
export const TeamPage = pageOf(TeamSummary);

/** `q` is how an address (or a team's name) begins, whatever its case. */
export const SearchQuery = z.strictObject({ ...pageQuery, q: z.string().trim().max(100).default('') });
export type SearchQuery = z.infer<typeof SearchQuery>;

export const PersonDetail = Person.extend({ memberOf: z.array(TeamSummary) });
export type PersonDetail = z.infer<typeof PersonDetail>;

export const NewPerson = z.strictObject({
  email: z.string().trim().min(1).max(254),
  name: z.string().trim().min(1).max(100).optional(),
  role: z.enum(['administrator', 'user']).default('user'),
});

export const PersonEdit = z.strictObject({
  role: z.enum(['administrator', 'user']).optional(),
  banned: z.boolean().optional(),
});

export const TeamSummaryEdit = z.strictObject({ blocked: z.boolean() });

/** The id makes it safe to send twice: the same one moves credit once. */
export const CreditMovement = z.strictObject({
  direction: z.enum(['grant', 'withdraw']),
  amountTicks: Amount,
  memo: z.string().trim().max(200).default(''),
  id: z.string().min(1).max(100),
});
export const CreditMoved = z.object({ availableTicks: Ticks, heldTicks: Ticks });
