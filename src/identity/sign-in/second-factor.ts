import type { BetterAuthPlugin } from 'better-auth';
import { twoFactor } from 'better-auth/plugins/two-factor';

/** The ways in that ask for the second factor. A passkey is two already: see `passkeys/passkey-plugin.ts`. */
const WAYS_IN: ReadonlySet<string> = new Set(['/sign-in/email', '/sign-in/mail-code', '/callback/:id']);

const RECOVERY_CODES = 10;

/**
 * Codes of an authenticator app after the first factor, and recovery codes for a lost phone. better-auth asks for them
 * after passwords only; a mailbox or an account elsewhere may be the very thing that was lost.
 */
export function secondFactor(): BetterAuthPlugin {
  const plugin = twoFactor({
    issuer: 'Turnpike',
    // Whoever signs in by code or provider alone has no password to say again.
    allowPasswordless: true,
    backupCodeOptions: { amount: RECOVERY_CODES, storeBackupCodes: 'encrypted' },
  });
  const [afterSignIn] = plugin.hooks.after;
  if (afterSignIn === undefined) throw new Error('better-auth asks for no second factor');
  return {
    ...plugin,
    hooks: { after: [{ ...afterSignIn, matcher: ({ path }) => WAYS_IN.has(path ?? '') }] },
  } as BetterAuthPlugin;
}
