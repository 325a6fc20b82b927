import * as z from 'zod';
import { TeamRole } from './me.ts';
import { pageOf } from './paging.ts';
import { Id, Language, Moment, Ticks } from './scalars.ts';
import { RegistrationMode } from './sign-up.ts';

/** Who may make themselves an account, what a day may cost, and what today has cost. */
export const Registration = z.object({
  mode: RegistrationMode,
  domains: z.array(z.string()),
  signUpCreditTicks: Ticks,
  dailyFreeCreditTicks: Ticks,
  mostPerDayTicks: Ticks.meta({ description: 'The most that a day can give away as it is set now.' }),
  givenTodayTicks: Ticks,
  hasMail: z.boolean().meta({ description: 'Letters reach people, so registration can be open.' }),
  fixed: z
    .array(z.object({ setting: z.string(), environmentName: z.string() }))
    .meta({ description: 'What the environment sets, and nothing else can.' }),
});
export type Registration = z.infer<typeof Registration>;

/** A link that lets one person make themselves an account. Only its hash is kept, so it is shown once. */
export const Invitation = z.object({
  id: Id,
  state: z.enum(['open', 'used', 'ended', 'expired']),
  email: z.string().nullable(),
  team: z.object({ id: Id, name: z.string(), slug: z.string(), role: TeamRole }).nullable(),
  createdAtMs: Moment,
  expiresAtMs: Moment,
  usedBy: z.object({ id: Id, name: z.string(), email: z.string() }).nullable(),
});
export type Invitation = z.infer<typeof Invitation>;
export const InvitationPage = pageOf(Invitation);

export const NewInvitation = z.strictObject({
  email: z.email().max(254).optional(),
  team: z.string().max(128).optional().meta({ description: 'By id or short name.' }),
  role: TeamRole.optional(),
  expiresAtMs: Moment.optional(),
  letter: Language.optional().meta({ description: 'Takes the link to the address, in this language.' }),
});
export const MadeInvitation = Invitation.extend({
  token: z.string().meta({ description: 'For /sign-up#token=… on this server. Shown once.' }),
  letter: z
    .enum(['sent', 'not-sent'])
    .nullable()
    .meta({ description: 'What became of the letter; null when there was to be none.' }),
});
export type MadeInvitation = z.infer<typeof MadeInvitation>;
