import * as z from 'zod';
import { TeamRole } from './me.ts';
import { Count, Id, Moment } from './scalars.ts';

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

/** Open, for one address. It says nothing of whether that has an account. */
export const TeamInvitation = z.object({
  id: Id,
  email: z.string(),
  role: TeamRole,
  createdAtMs: Moment,
  expiresAtMs: Moment,
});
export type TeamInvitation = z.infer<typeof TeamInvitation>;

export const TeamInvitations = z.object({
  rows: z.array(TeamInvitation).meta({ description: 'Youngest first.' }),
  most: Count.meta({ description: 'How many may be open at once.' }),
  hasMail: z.boolean().meta({ description: 'Invitations go out by letter.' }),
  takesNewcomers: z.boolean().meta({
    description:
      'Registration is open: whoever has no account makes one by the letter. Else only people who have one can accept.',
  }),
});
export type TeamInvitations = z.infer<typeof TeamInvitations>;

export const NewTeamInvitation = z.strictObject({
  email: z.string().trim().min(1).max(254),
  role: TeamRole,
});
