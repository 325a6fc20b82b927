/**
 * The shape of an API key: `xai-` and 80 characters of `[0-9A-Za-z]`, about 476 bits of chance. Only its SHA-256
 * is stored; the text itself is shown once, when it is made.
 */
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const SECRET_CHARACTERS = 80;

/** Random bytes that `makeApiKey` needs: some are thrown away so that every character is equally likely. */
export const API_KEY_RANDOM_BYTES = 160;

/** Makes a key from `API_KEY_RANDOM_BYTES` strong random bytes. */
export function makeApiKey(randomBytes: Uint8Array): string {
  let secret = '';
  for (const byte of randomBytes) {
    // 248 is the largest multiple of 62 in a byte; bytes from there on would favour the first characters.
    if (byte < 248 && secret.length < SECRET_CHARACTERS) secret += ALPHABET[byte % ALPHABET.length];
  }
  if (secret.length < SECRET_CHARACTERS) throw new RangeError('too few random bytes for a key');
  return `xai-${secret}`;
}

export function isApiKey(text: string): boolean {
  return /^xai-[0-9A-Za-z_]{80}$/.test(text);
}

/** How a key is shown after its making: `xai-...b14o`. */
export function redactApiKey(key: string): string {
  return `xai-...${key.slice(-4)}`;
}

/** How a wrong key is quoted back to its sender: first two and last two characters. */
export function maskForeignKey(key: string): string {
  return key.length < 8 ? '***' : `${key.slice(0, 2)}***${key.slice(-2)}`;
}
