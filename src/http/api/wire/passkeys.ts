import * as z from 'zod';
import { Id, Moment } from './scalars.ts';

/** Bytes as base64url. Nothing that a browser makes of a passkey is longer. */
const Bytes = z
  .string()
  .min(1)
  .max(8_192)
  .regex(/^[\w-]+$/)
  .meta({ description: 'Bytes as base64url.' });

/** A passkey of the person who is signed in; nothing of it opens anything. */
export const OwnPasskey = z.object({
  id: Id,
  name: z.string(),
  host: z.string().meta({ description: 'The server’s name that it was made for; it answers to no other.' }),
  isBackedUp: z.boolean().meta({ description: 'Its maker keeps a copy, so it outlives the device.' }),
  createdAtMs: Moment,
  lastUsedAtMs: Moment.nullable(),
});
export type OwnPasskey = z.infer<typeof OwnPasskey>;

/** What shows that it is still the person who signed in; whoever has no password has signed in of late. */
export const PersonProof = z.strictObject({ password: z.string().max(1_024).optional() });

/** As `navigator.credentials.create` takes it in JSON. */
export const PasskeyOptions = z.object({
  challenge: Bytes,
  rp: z.object({ id: z.string(), name: z.string() }),
  user: z.object({ id: Bytes, name: z.string(), displayName: z.string() }),
  pubKeyCredParams: z.array(z.object({ type: z.literal('public-key'), alg: z.int() })),
  timeout: z.int(),
  excludeCredentials: z.array(
    z.object({ type: z.literal('public-key'), id: Bytes, transports: z.array(z.string()) }),
  ),
  authenticatorSelection: z.object({
    residentKey: z.literal('required'),
    requireResidentKey: z.boolean(),
    userVerification: z.literal('required'),
  }),
  attestation: z.literal('none'),
});
export type PasskeyOptions = z.infer<typeof PasskeyOptions>;

/** How a browser reaches an authenticator; those that are not on the list are left out by the page. */
const Transport = z.enum(['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb']);

/** A name, and what `navigator.credentials.create` answered. */
export const MadePasskey = z.strictObject({
  name: z.string().max(400),
  credential: z.strictObject({
    id: Bytes,
    clientDataJSON: Bytes,
    attestationObject: Bytes,
    transports: z.array(Transport).max(8),
  }),
});
export type MadePasskey = z.infer<typeof MadePasskey>;

export const PasskeyEdit = z.strictObject({ name: z.string().max(400) });
