import type { AuthRow } from '../../../storage/auth-store.ts';
import type { RelyingParty } from './relying-party.ts';
import { SIGNATURE_ALGORITHMS } from './signature-algorithms.ts';

/** What a browser answers when a passkey was made; bytes as base64url. */
export interface MadeCredential {
  readonly id: string;
  readonly clientDataJSON: string;
  readonly attestationObject: string;
  readonly transports: readonly string[];
}

type Verified = Pick<AuthRow, 'credentialId' | 'publicKey' | 'counter' | 'backedUp'>;

/**
 * What is kept of a passkey, if it was made for this challenge and server by an authenticator that asked who is there.
 * The library is loaded by whoever first has one made.
 */
export async function verifyMade(
  { id, clientDataJSON, attestationObject, transports }: MadeCredential,
  challenge: string,
  party: RelyingParty,
): Promise<Verified | undefined> {
  const [{ verifyRegistrationResponse }, { decodeAttestationObject, isoBase64URL }] = await Promise.all([
    import('@simplewebauthn/server'),
    import('@simplewebauthn/server/helpers'),
  ]);
  try {
    const attestation = decodeAttestationObject(isoBase64URL.toBuffer(attestationObject));
    // None was asked for. To check certificates, the library would fetch addresses that stand in them.
    if (attestation.get('attStmt').get('x5c') !== undefined) return undefined;
    if (!UNCERTIFIED.includes(attestation.get('fmt'))) return undefined;
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: {
        ...{ id, rawId: id, type: 'public-key', clientExtensionResults: {} },
        response: { clientDataJSON, attestationObject, transports: [...transports] },
      },
      ...{ expectedChallenge: challenge, expectedOrigin: party.origin, expectedRPID: party.id },
      ...{ requireUserVerification: true, supportedAlgorithmIDs: [...SIGNATURE_ALGORITHMS] },
    });
    if (!verified) return undefined;
    const { credential, credentialBackedUp } = registrationInfo;
    // What it calls itself beside the signed data is what it will be asked for by.
    if (credential.id !== id) return undefined;
    return {
      credentialId: id,
      publicKey: isoBase64URL.fromBuffer(credential.publicKey),
      counter: credential.counter,
      backedUp: credentialBackedUp ? 1 : 0,
    };
  } catch {
    // It reads what a caller sent, and says by throwing that it is not as it should be.
    return undefined;
  }
}

/** Attestations that bring no certificate, or none but their own key. */
const UNCERTIFIED: readonly string[] = ['none', 'packed'];
