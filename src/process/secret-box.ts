import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { readOrMakeKey, SECRET_KEY_FILE } from './secret-key-file.ts';

/** Keeps secrets of the database (the keys of upstreams) unreadable to whoever has the database alone. */
export interface SecretBox {
  seal(text: string): string;
  /** Throws for text that this box has not sealed. */
  open(sealed: string): string;
  /** A secret for one purpose, the same at every start. It tells nothing of the key or of other purposes. */
  derive(purpose: string): string;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const DERIVED_BYTES = 32;
const VERSION = 'v1';
/** Bound into every seal, so that what another program sealed with the same key is not taken for ours. */
const CONTEXT = Buffer.from('turnpike secret box v1');

/**
 * AES-256-GCM with the key in the data folder's `secret.key`, which is made on first use, readable by its owner only.
 * Without that file the sealed secrets are lost, so every backup holds it.
 */
export function openSecretBox(dataDir: string): SecretBox {
  const key = readOrMakeKey(join(dataDir, SECRET_KEY_FILE));
  return {
    derive: (purpose) =>
      Buffer.from(hkdfSync('sha256', key, CONTEXT, purpose, DERIVED_BYTES)).toString('base64url'),
    seal(text) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(CONTEXT);
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return `${VERSION}.${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')}`;
    },
    open(sealed) {
      const [version, encoded = ''] = sealed.split('.');
      const bytes = Buffer.from(encoded, 'base64url');
      if (version !== VERSION || bytes.length < NONCE_BYTES + TAG_BYTES) throw notOurs();
      const nonce = bytes.subarray(0, NONCE_BYTES);
      const tag = bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
      // A shorter tag would be accepted otherwise, and could be guessed.
      const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
      decipher.setAAD(CONTEXT).setAuthTag(tag);
      try {
        const body = decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES));
        return Buffer.concat([body, decipher.final()]).toString('utf8');
      } catch {
        throw notOurs();
      }
    },
  };
}

function notOurs(): Error {
  return new Error('the secret was sealed with another key file, or was altered');
}
