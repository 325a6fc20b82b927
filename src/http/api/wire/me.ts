import * as z from 'zod';
import { Notice } from './notices.ts';
import { Id, Language, Moment } from './scalars.ts';

export const InstallationRole = z.enum(['owner', 'administrator', 'user']);
export const TeamRole = z.enum(['owner', 'administrator', 'member', 'billing']);
export type TeamRole = z.infer<typeof TeamRole>;

export const OwnTeam = z.object({
  id: Id,
  name: z.string(),
  slug: z.string(),
  personal: z.boolean(),
  blocked: z.boolean(),
  role: TeamRole.meta({ description: "The person's own role in it." }),
});
export type OwnTeam = z.infer<typeof OwnTeam>;

/** How a person wants things shown; null follows the browser. */
export const Preferences = z.object({
  language: Language.nullable(),
  timeZone: z.string().nullable(),
  theme: z.enum(['light', 'dark']).nullable(),
});
export type Preferences = z.infer<typeof Preferences>;

/** Somebody asks the person to come into a team; until they accept, nothing has happened. */
export const InvitationToMe = z.object({
  id: Id,
  team: z.string(),
  role: TeamRole,
  invitedBy: z.string().nullable().meta({ description: 'The address of who asks; null when they are gone.' }),
  expiresAtMs: Moment,
});
export type InvitationToMe = z.infer<typeof InvitationToMe>;

/** Everything that a page needs to know before it asks for anything else. */
export const Me = z.object({
  id: Id,
  email: z.string(),
  name: z.string(),
  role: InstallationRole,
  isOperator: z.boolean().meta({ description: 'Whether the pages of the operator answer.' }),
  preferences: Preferences,
  teams: z.array(OwnTeam).meta({ description: 'The personal team first, then by name.' }),
  invitations: z.array(InvitationToMe).meta({ description: 'Into teams, which they may accept or decline.' }),
  installation: z.object({
    version: z.string(),
    baseUrls: z.object({
      xai: z.string().meta({ description: 'Up to and including /v1.' }),
      openai: z.string().meta({ description: "The same with OpenAI's errors." }),
    }),
    isSimulated: z.boolean().meta({ description: 'No model is answered by anything but the simulator.' }),
    registration: z.enum(['closed', 'invite-only', 'open']),
    limitsEnabled: z.boolean(),
  }),
  notices: z.array(Notice).meta({ description: 'What the operator says to everyone now.' }),
});
export type Me = z.infer<typeof Me>;

export const MeEdit = z.strictObject({
  name: z.string().trim().min(1).max(100).optional(),
  language: Language.nullish(),
  timeZone: z
    .string()
    .max(64)
    .regex(/^[A-Za-z0-9_+-]+(?:\/[A-Za-z0-9_+-]+){0,2}$/)
    .nullish(),
  theme: z.enum(['light', 'dark']).nullish(),
});
export type MeEdit = z.infer<typeof MeEdit>;
