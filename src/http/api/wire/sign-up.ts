import * as z from 'zod';
import { Moment, Ticks } from './scalars.ts';

export const RegistrationMode = z.enum(['closed', 'invite-only', 'open']);
export type RegistrationMode = z.infer<typeof RegistrationMode>;

/** Who may make themselves an account, and whether the link that somebody came by is good. */
export const SignUpState = z.object({
  registration: RegistrationMode,
  domains: z.array(z.string()).meta({ description: 'Whose addresses are taken; all where it is empty.' }),
  signUpCreditTicks: Ticks.meta({ description: 'The most that an account begins with.' }),
  invitation: z
    .object({
      email: z.string().nullable().meta({ description: 'The only address that may use it.' }),
      team: z.string().nullable().meta({ description: 'The team that is joined, by name.' }),
      expiresAtMs: Moment,
    })
    .nullable()
    .meta({ description: 'Of the token that was sent with this; null where it is not good.' }),
});
export type SignUpState = z.infer<typeof SignUpState>;

export const InvitationRequest = z.strictObject({ email: z.email().max(254) });

export const SignUpForm = z.strictObject({
  token: z.string().max(200),
  name: z.string().trim().min(1).max(100),
  email: z.email().max(254).optional().meta({ description: 'Not where the invitation is for an address.' }),
  password: z.string().max(1_024),
});

export const SignedUp = z.object({
  email: z.string(),
  creditTicks: Ticks,
  isSignedIn: z.boolean().meta({ description: 'The answer carries the cookie of a session.' }),
});
export type SignedUp = z.infer<typeof SignedUp>;
