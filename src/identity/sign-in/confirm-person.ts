import type { Clock } from '../../ports/clock.ts';
import type { SignedIn } from '../session.ts';
import { hasPassword } from './set-password.ts';
import { isTheirPassword, type ProvingPasswordPorts } from './their-password.ts';

export interface ConfirmingPorts extends ProvingPasswordPorts {
  readonly clock: Pick<Clock, 'nowMs'>;
}

/** Whoever has no password to say has shown who they are so short a time ago. */
const RECENT_MS = 15 * 60_000;

/**
 * Whether it is still the person who signed in, before something that opens the account: a desk may be left, and a
 * session stolen.
 */
export async function confirmPerson(
  ports: ConfirmingPorts,
  { userId, signedInAtMs }: SignedIn,
  password: string | undefined,
): Promise<'confirmed' | 'wrong-password' | 'sign-in-again'> {
  if (await hasPassword(ports, userId))
    return (await isTheirPassword(ports, userId, password)) ? 'confirmed' : 'wrong-password';
  return ports.clock.nowMs() - signedInAtMs <= RECENT_MS ? 'confirmed' : 'sign-in-again';
}
