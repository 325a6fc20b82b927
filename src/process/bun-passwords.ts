import type { Passwords } from '../identity/sign-in/passwords.ts';

/** Argon2id as OWASP recommends it: 19 MiB, two passes, on a thread of the runtime's pool. */
export const bunPasswords: Passwords = {
  hash: (password) => Bun.password.hash(password, { algorithm: 'argon2id', memoryCost: 19_456, timeCost: 2 }),
  verify: (password, hash) => Bun.password.verify(password, hash).catch(() => false),
};
