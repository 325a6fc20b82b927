import * as z from 'zod';
import { OwnPasskey } from './passkeys.ts';
import { Id, Moment } from './scalars.ts';

const OwnSession = z.object({
  id: Id,
  isCurrent: z.boolean().meta({ description: 'The one that asks.' }),
  device: z.object({
    browser: z.string().nullable().meta({ description: 'Such as Firefox.' }),
    system: z.string().nullable().meta({ description: 'Such as macOS.' }),
  }),
  place: z
    .object({ reach: z.enum(['this-machine', 'local-network', 'elsewhere']), address: z.string() })
    .nullable(),
  signedInAtMs: Moment,
  expiresAtMs: Moment,
});
export type OwnSession = z.infer<typeof OwnSession>;

/** How a person signs in, and where they are signed in. */
export const Security = z.object({
  hasPassword: z.boolean(),
  isEmailConfirmed: z.boolean(),
  isTwoFactorOn: z.boolean(),
  passkeys: z.array(OwnPasskey).meta({ description: 'The oldest first.' }),
  passkeyOrigin: z
    .string()
    .nullable()
    .meta({ description: 'Of the pages at which passkeys work; null where browsers allow none.' }),
  otherWayIn: z
    .enum(['password', 'provider', 'mail'])
    .nullable()
    .meta({ description: 'How the person signs in without a passkey; null where they could not.' }),
  sessions: z.array(OwnSession).meta({ description: 'The newest first.' }),
});
export type Security = z.infer<typeof Security>;
