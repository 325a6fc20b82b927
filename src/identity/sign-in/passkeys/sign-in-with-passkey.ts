import type { AuthRow } from '../../../storage/auth-store.ts';
import type { ProofPorts } from '../one-time-proofs.ts';
import { ANYBODY, takeChallenge } from './passkey-challenges.ts';
import { handleOf, passkeyOf } from './passkey-rows.ts';
import type { RelyingParty } from './relying-party.ts';

/** What a browser answers when a passkey was used; bytes as base64url. */
export interface UsedCredential {
  readonly id: string;
  readonly clientDataJSON: string;
  readonly authenticatorData: string;
  readonly signature: string;
  /** Whose it is, as the authenticator has it. */
  readonly userHandle: string;
}

export type PasskeyOutcome =
  | { readonly kind: 'proven' | 'copied'; readonly userId: string; readonly name: string }
  | { readonly kind: 'wrong' };

const WRONG: PasskeyOutcome = { kind: 'wrong' };

/**
 * Who has shown a passkey of theirs, on this server's own page, for a challenge that was not used before, to an
 * authenticator that asked who is there. `copied`: it is theirs, and has counted fewer uses than we know of, so there is
 * a second one like it.
 */
export async function checkPasskey(
  ports: Pick<ProofPorts, 'auth' | 'clock' | 'random' | 'sha256'>,
  party: RelyingParty,
  used: UsedCredential,
): Promise<PasskeyOutcome> {
  const challenge = await takeChallenge(ports, 'passkey-sign-in', ANYBODY, used.clientDataJSON);
  const all = [{ field: 'credentialId', operator: 'eq', value: used.id }] as const;
  const [row] = await ports.auth.find('passkey', { all, any: [], limit: 1 });
  if (challenge === undefined || row === undefined) return WRONG;
  const userId = String(row.userId);
  if (used.userHandle !== handleOf(userId)) return WRONG;
  const proof = await verifyUsed(used, row, challenge, party);
  if (proof === undefined) return WRONG;
  const about = { userId, name: String(row.name) };
  if (await countUse(ports, row, proof)) return { kind: 'proven', ...about };
  // It may also have been removed in this moment.
  const isThere = (await ports.auth.count('passkey', passkeyOf(userId, String(row.id)))) > 0;
  return isThere ? { kind: 'copied', ...about } : WRONG;
}

interface Proof {
  readonly counter: number;
  readonly isBackedUp: boolean;
}

async function verifyUsed(
  { id, clientDataJSON, authenticatorData, signature, userHandle }: UsedCredential,
  row: AuthRow,
  challenge: string,
  party: RelyingParty,
): Promise<Proof | undefined> {
  const [{ verifyAuthenticationResponse }, { isoBase64URL }] = await Promise.all([
    import('@simplewebauthn/server'),
    import('@simplewebauthn/server/helpers'),
  ]);
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: {
        ...{ id, rawId: id, type: 'public-key', clientExtensionResults: {} },
        response: { clientDataJSON, authenticatorData, signature, userHandle },
      },
      ...{ expectedChallenge: challenge, expectedOrigin: party.origin, expectedRPID: party.id },
      requireUserVerification: true,
      // Uses are compared in the table, where of two at once one is the later.
      credential: { id, publicKey: isoBase64URL.toBuffer(String(row.publicKey)), counter: 0 },
    });
    if (!verified) return undefined;
    return {
      counter: authenticationInfo.newCounter,
      isBackedUp: authenticationInfo.credentialBackedUp,
    };
  } catch {
    // It reads what a caller sent, and says by throwing that it is not as it should be.
    return undefined;
  }
}

/** Notes a use that comes after every other; an authenticator that does not count says 0 each time. */
async function countUse(
  { auth, clock }: Pick<ProofPorts, 'auth' | 'clock'>,
  { id }: AuthRow,
  { counter, isBackedUp }: Proof,
): Promise<boolean> {
  const later = { field: 'counter', operator: counter === 0 ? 'eq' : 'lt', value: counter } as const;
  const all = [{ field: 'id', operator: 'eq', value: id ?? null } as const, later];
  const lastUsedAt = new Date(clock.nowMs()).toISOString();
  const row = await auth.add(
    'passkey',
    { all, any: [] },
    {},
    { counter, backedUp: isBackedUp ? 1 : 0, lastUsedAt },
  );
  return row !== undefined;
}
