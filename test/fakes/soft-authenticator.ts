import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import type { UsedCredential } from '../../src/identity/sign-in/passkeys/sign-in-with-passkey.ts';
import type { MadeCredential } from '../../src/identity/sign-in/passkeys/verify-made.ts';

/** What an authenticator says about itself, over what it signs. */
export type Attest = (
  signed: Buffer,
  ownKey: KeyObject,
) => { readonly fmt: string; readonly attStmt: ReadonlyMap<string, Cbor> };

/** How a ceremony is other than it should be, where a test wants that. */
export interface Oddities {
  /** Of the page that asked; the server's own when absent. */
  readonly origin?: string;
  readonly rpId?: string;
  readonly isVerified?: boolean;
  readonly counter?: number;
  readonly userHandle?: string;
  readonly type?: string;
  readonly algorithm?: keyof typeof KEYS;
  /** Instead of no attestation. */
  readonly attest?: Attest;
}

interface Kept {
  readonly privateKey: KeyObject;
  readonly userHandle: string;
  counter: number;
}

const PRESENT = 1;
const VERIFIED = 4;
const ATTESTED = 64;

/** Key pairs, and the public one as COSE has it. */
const KEYS = {
  ES256: () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { x, y } = publicKey.export({ format: 'jwk' });
    return {
      privateKey,
      cose: [
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, bytes(x)],
        [-3, bytes(y)],
      ] as Cose,
    };
  },
  RS256: () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
    const { n, e } = publicKey.export({ format: 'jwk' });
    return {
      privateKey,
      cose: [
        [1, 3],
        [3, -257],
        [-1, bytes(n)],
        [-2, bytes(e)],
      ] as Cose,
    };
  },
  EdDSA: () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const { x } = publicKey.export({ format: 'jwk' });
    return {
      privateKey,
      cose: [
        [1, 1],
        [3, -8],
        [-1, 6],
        [-2, bytes(x)],
      ] as Cose,
    };
  },
};

type Cose = [number, Cbor][];

function bytes(text = ''): Buffer {
  return Buffer.from(text, 'base64url');
}

/** Ed25519 has its own. */
function digestOf({ asymmetricKeyType }: KeyObject): string | null {
  return asymmetricKeyType === 'ed25519' ? null : 'sha256';
}

/** An authenticator and the browser before it: keys in memory, with whatever oddity a test asks for. */
export class SoftAuthenticator {
  readonly #origin: string;
  readonly #rpId: string;
  readonly #kept = new Map<string, Kept>();

  constructor(party: { readonly origin: string; readonly id: string }) {
    this.#origin = party.origin;
    this.#rpId = party.id;
  }

  make(
    options: { readonly challenge: string; readonly user: { readonly id: string } },
    odd: Oddities = {},
  ): MadeCredential {
    const { privateKey, cose } = KEYS[odd.algorithm ?? 'ES256']();
    const rawId = randomBytes(16);
    const id = rawId.toString('base64url');
    const counter = odd.counter ?? 0;
    this.#kept.set(id, { privateKey, counter, userHandle: options.user.id });
    const authData = Buffer.concat([
      this.#head(odd, ATTESTED, counter),
      Buffer.alloc(16),
      Buffer.from([0, rawId.length]),
      rawId,
      encode(new Map(cose)),
    ]);
    const clientDataJSON = this.#clientData(odd, 'webauthn.create', options.challenge);
    const signed = Buffer.concat([authData, sha256(Buffer.from(clientDataJSON, 'base64url'))]);
    const { fmt, attStmt } = odd.attest?.(signed, privateKey) ?? { fmt: 'none', attStmt: new Map() };
    const attestation = new Map<string, Cbor>([
      ['fmt', fmt],
      ['attStmt', attStmt],
      ['authData', authData],
    ]);
    return {
      id,
      clientDataJSON,
      attestationObject: encode(attestation).toString('base64url'),
      transports: ['internal'],
    };
  }

  /** With the passkey that was made last, unless another one is named. */
  use(challenge: string, odd: Oddities = {}, id = [...this.#kept.keys()].at(-1) ?? ''): UsedCredential {
    const kept = this.#kept.get(id);
    if (kept === undefined) throw new Error('there is no such passkey');
    kept.counter = odd.counter ?? kept.counter;
    const authData = this.#head(odd, 0, kept.counter);
    const clientDataJSON = this.#clientData(odd, 'webauthn.get', challenge);
    const signed = Buffer.concat([authData, sha256(Buffer.from(clientDataJSON, 'base64url'))]);
    return {
      ...{ id, clientDataJSON, authenticatorData: authData.toString('base64url') },
      signature: sign(digestOf(kept.privateKey), signed, kept.privateKey).toString('base64url'),
      userHandle: odd.userHandle ?? kept.userHandle,
    };
  }

  #head({ rpId = this.#rpId, isVerified = true }: Oddities, more: number, counter: number): Buffer {
    const rest = Buffer.alloc(5);
    rest.writeUInt8(PRESENT | (isVerified ? VERIFIED : 0) | more);
    rest.writeUInt32BE(counter, 1);
    return Buffer.concat([sha256(Buffer.from(rpId)), rest]);
  }

  #clientData({ origin = this.#origin, type }: Oddities, usual: string, challenge: string): string {
    const data = { type: type ?? usual, challenge, origin, crossOrigin: false };
    return Buffer.from(JSON.stringify(data)).toString('base64url');
  }
}

export type Cbor = number | string | Buffer | readonly Cbor[] | ReadonlyMap<number | string, Cbor>;

function encode(value: Cbor): Buffer {
  if (typeof value === 'number') return value >= 0 ? head(0, value) : head(1, -1 - value);
  if (typeof value === 'string')
    return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  if (value instanceof Map)
    return Buffer.concat([head(5, value.size), ...[...value].flatMap((pair) => pair.map(encode))]);
  const items = value as readonly Cbor[];
  return Buffer.concat([head(4, items.length), ...items.map(encode)]);
}

function head(kind: number, count: number): Buffer {
  if (count < 24) return Buffer.from([(kind << 5) | count]);
  if (count < 256) return Buffer.from([(kind << 5) | 24, count]);
  return Buffer.from([(kind << 5) | 25, count >> 8, count & 255]);
}

function sha256(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}
