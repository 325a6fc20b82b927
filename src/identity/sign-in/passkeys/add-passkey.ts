import { readDisplayName } from '../../../domain/display-name.ts';
import { type Refusal, refuse } from '../../../domain/refusal.ts';
import type { AuthRow } from '../../../storage/auth-store.ts';
import { StorageConflict } from '../../../storage/storage-error.ts';
import type { SignedIn } from '../../session.ts';
import type { ProofPorts } from '../one-time-proofs.ts';
import { CHALLENGE_MS, makeChallenge, takeChallenge } from './passkey-challenges.ts';
import {
  handleOf,
  MOST_PASSKEYS,
  type PasskeyView,
  passkeyOf,
  passkeyRowsOf,
  passkeysOf,
  presentPasskey,
} from './passkey-rows.ts';
import { relyingParty } from './relying-party.ts';
import { SIGNATURE_ALGORITHMS } from './signature-algorithms.ts';
import { type MadeCredential, verifyMade } from './verify-made.ts';

export interface AddingPorts extends Pick<ProofPorts, 'auth' | 'clock' | 'random' | 'sha256'> {
  /** Where people reach the server, whatever a request calls it. */
  ownUrl(): string;
}

/** What a browser needs to have a passkey made. Its answer is bound to the session that asks. */
export async function beginPasskey(ports: AddingPorts, person: SignedIn) {
  const party = relyingParty(ports.ownUrl());
  if (party === undefined) return refuse('passkeys-not-here', { url: ports.ownUrl() });
  const rows = await passkeyRowsOf(ports.auth, person.userId);
  if (rows.length >= MOST_PASSKEYS) return refuse('too-many-passkeys', { most: MOST_PASSKEYS });
  return {
    challenge: await makeChallenge(ports, 'passkey-add', holderOf(person)),
    rp: { id: party.id, name: 'Turnpike' },
    user: { id: handleOf(person.userId), name: person.email, displayName: person.name },
    pubKeyCredParams: SIGNATURE_ALGORITHMS.map((alg) => ({ type: 'public-key' as const, alg })),
    timeout: CHALLENGE_MS,
    // One authenticator has one passkey of a person.
    excludeCredentials: rows.map(({ credentialId, transports }) => ({
      ...{ type: 'public-key' as const, id: String(credentialId) },
      transports: JSON.parse(String(transports)) as string[],
    })),
    authenticatorSelection: {
      // It is found without an address being typed, and it asks who is there: that makes it both factors.
      ...{ residentKey: 'required' as const, requireResidentKey: true },
      userVerification: 'required' as const,
    },
    // Which make of device somebody has is none of our business.
    attestation: 'none' as const,
  };
}

/** Keeps a passkey that was made for a challenge of this very session. */
export async function addPasskey(
  ports: AddingPorts,
  person: SignedIn,
  name: string,
  made: MadeCredential,
): Promise<PasskeyView | Refusal> {
  const { auth, clock, random } = ports;
  const party = relyingParty(ports.ownUrl());
  if (party === undefined) return refuse('passkeys-not-here', { url: ports.ownUrl() });
  const shownName = readDisplayName(name);
  if (shownName === undefined) return refuse('bad-name');
  const challenge = await takeChallenge(ports, 'passkey-add', holderOf(person), made.clientDataJSON);
  const verified = challenge === undefined ? undefined : await verifyMade(made, challenge, party);
  if (verified === undefined) return refuse('passkey-not-taken');
  const row: AuthRow = {
    ...{ id: random.uuid(), userId: person.userId, name: shownName, rpId: party.id },
    ...{ ...verified, transports: JSON.stringify(made.transports), lastUsedAt: null },
    createdAt: new Date(clock.nowMs()).toISOString(),
  };
  try {
    await auth.insert('passkey', row);
  } catch (error) {
    if (error instanceof StorageConflict && error.rule === 'unique') return refuse('passkey-exists');
    throw error;
  }
  // Counted afterwards, so that many at once do not pass the bound together.
  if ((await auth.count('passkey', passkeysOf(person.userId))) <= MOST_PASSKEYS) return presentPasskey(row);
  await auth.remove('passkey', passkeyOf(person.userId, String(row.id)));
  return refuse('too-many-passkeys', { most: MOST_PASSKEYS });
}

function holderOf({ userId, sessionId }: SignedIn): string {
  return `${userId} ${sessionId}`;
}
