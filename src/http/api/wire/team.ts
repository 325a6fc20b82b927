import * as z from 'zod';
import { TeamRole } from './me.ts';
import { Id, Moment } from './scalars.ts';

export const Member = z.object({
  userId: Id,
  name: z.string(),
  email: z.string(),
  role: TeamRole,
  joinedAtMs: Moment,
  isSelf: z.boolean(),
});
export type Member = z.infer<typeof Member>;

export const Team = z.object({
  id: Id,
  name: z.string(),
  slug: z.string(),
  personal: z.boolean(),
  blocked: z.boolean(),
  createdAtMs: Moment,
  members: z.array(Member),
});
export type Team = z.infer<typeof Team>;

export const TeamEdit = z.strictObject({ name: z.string().trim().min(1).max(100) });
export const NewTeam = z.strictObject({
  name: z.string().trim().min(1).max(100),
  slug: z.string().max(48).optional(),
});
export const MemberEdit = z.strictObject({ role: TeamRole });

/** Somebody who has an account here. */
export const NewMember = z.strictObject({ email: z.string().trim().min(1).max(254), role: TeamRole });
export type NewMember = z.infer<typeof NewMember>;
