import type { BetterAuthPlugin } from 'better-auth';
import { APIError, createAuthEndpoint } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import * as z from 'zod';
import type { ActivityStore } from '../../../storage/activity-store.ts';
import { CLIENT_ADDRESS_HEADER } from '../client-address-header.ts';
import type { ProofPorts } from '../one-time-proofs.ts';
import { ANYBODY, CHALLENGE_MS, makeChallenge } from './passkey-challenges.ts';
import { relyingParty } from './relying-party.ts';
import { checkPasskey } from './sign-in-with-passkey.ts';

export interface PasskeyPluginParts extends ProofPorts {
  readonly activity: Pick<ActivityStore, 'append'>;
  /** Where people reach the server. */
  readonly baseUrl: string;
  /** Told what broke, without a word of what was sent. */
  readonly onFailure: (error: unknown) => void;
}

/** Bytes as base64url. No key or signature that a browser makes is longer. */
const Bytes = z
  .string()
  .min(1)
  .max(4_096)
  .regex(/^[\w-]+$/);
const Used = z.strictObject({
  id: Bytes,
  clientDataJSON: Bytes,
  authenticatorData: Bytes,
  signature: Bytes,
  userHandle: Bytes,
});

/**
 * Signing in with a passkey, which says itself whose it is. It is something that somebody has, and its authenticator
 * makes sure of who is there by a fingerprint, a face or a PIN: that is required, so it is two factors, and no code of
 * an app is asked for after it (`second-factor.ts` names the ways in that do).
 */
export function passkeyPlugin(parts: PasskeyPluginParts): BetterAuthPlugin {
  const party = relyingParty(parts.baseUrl);
  const note = async (action: string, about: { userId: string; name: string }, headers?: Headers) => {
    const { userId: actor, name: subject } = about;
    const row = { id: parts.random.uuid(), atMs: parts.clock.nowMs(), actor, action, subject };
    const address = headers?.get(CLIENT_ADDRESS_HEADER) || null;
    await parts.activity
      .append({ ...row, address, organizationId: null, changes: [] })
      .catch(parts.onFailure);
  };
  return {
    id: 'turnpike-passkeys',
    endpoints: {
      challengePasskey: createAuthEndpoint('/passkey/challenge', { method: 'POST' }, async (context) => {
        if (party === undefined) throw new APIError('BAD_REQUEST', NOT_HERE);
        return context.json({
          challenge: await makeChallenge(parts, 'passkey-sign-in', ANYBODY),
          rpId: party.id,
          timeout: CHALLENGE_MS,
          userVerification: 'required',
        });
      }),

      signInByPasskey: createAuthEndpoint(
        '/sign-in/passkey',
        { method: 'POST', body: Used },
        async (context) => {
          if (party === undefined) throw new APIError('BAD_REQUEST', NOT_HERE);
          const outcome = await checkPasskey(parts, party, context.body);
          if (outcome.kind === 'wrong') throw new APIError('UNAUTHORIZED', PASSKEY_WRONG);
          if (outcome.kind === 'copied') {
            await note('passkey.refuse', outcome, context.headers);
            throw new APIError('UNAUTHORIZED', PASSKEY_COPIED);
          }
          const { internalAdapter } = context.context;
          const session = await internalAdapter.createSession(outcome.userId);
          const user = await internalAdapter.findUserById(outcome.userId);
          if (user === null) throw new APIError('UNAUTHORIZED', PASSKEY_WRONG);
          await setSessionCookie(context, { session, user });
          await note('passkey.sign-in', outcome, context.headers);
          return context.json({ status: true });
        },
      ),
    },
  };
}

const NOT_HERE = {
  code: 'PASSKEYS_NOT_HERE',
  message: 'Browsers allow no passkeys at this server’s address.',
};
const PASSKEY_WRONG = {
  code: 'PASSKEY_WRONG',
  message: 'This passkey is not known here, or it took too long.',
};
const PASSKEY_COPIED = {
  code: 'PASSKEY_COPIED',
  message: 'This passkey was used elsewhere in a way that a copy of it would be.',
};
