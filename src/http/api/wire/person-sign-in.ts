import * as z from 'zod';
import { OwnPasskey } from './passkeys.ts';
import { Count, Moment } from './scalars.ts';

/** How somebody else signs in, as an operator may know it: nothing of it opens anything. */
export const PersonSignIn = z.object({
  hasPassword: z.boolean(),
  isTwoFactorOn: z.boolean(),
  providers: z.array(z.string()).meta({ description: 'Who else says who they are, by name.' }),
  passkeys: z.array(OwnPasskey).meta({ description: 'The oldest first.' }),
  sessions: z.object({
    open: Count,
    lastSignedInAtMs: Moment.nullable().meta({ description: 'Of the sessions that are open.' }),
  }),
  hasMail: z
    .boolean()
    .meta({ description: 'Letters reach people, who can ask for a new password themselves.' }),
});
export type PersonSignIn = z.infer<typeof PersonSignIn>;

export const SessionsEnded = z.object({ ended: Count });

export const NewPassword = z.object({
  password: z.string().meta({ description: 'Made here, and in this answer only.' }),
});
export type NewPassword = z.infer<typeof NewPassword>;
