import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import { announcing, type Changed } from '../../ports/changes.ts';
import type { Random } from '../../ports/random.ts';
import type { UserRow } from '../../storage/account-store.ts';
import type { AuthStore } from '../../storage/auth-store.ts';
import { type PasswordPorts, setPassword, signOut } from './set-password.ts';

/** 120 bits, in the letters of a URL. */
const PASSWORD_BYTES = 15;

/**
 * Why an operator of the pages may not change how this person signs in. One's own is changed where one shows once more
 * who one is, so that a session left open cannot keep its person out. Whoever gives the owner a password is the owner,
 * so nobody does; whoever runs the machine has the command line for it. Administrators may do it to each other: each
 * could make the other a user as well, and it is written down and told by letter.
 */
export function whyNotChangeSignIn(operatorId: string, person: UserRow): Refusal | undefined {
  if (person.id === operatorId) return refuse('own-sign-in');
  return person.role === 'owner' ? refuse('owner-signs-in', { user: person.email }) : undefined;
}

/** The same for the sessions, where ending one's own does no harm. */
export function whyNotSignOut(operatorId: string, person: UserRow): Refusal | undefined {
  return person.id === operatorId ? undefined : whyNotChangeSignIn(operatorId, person);
}

/** Makes a password, which ends all sessions. It is in the answer and nowhere else. */
export async function giveNewPassword(
  ports: PasswordPorts & { readonly random: Pick<Random, 'bytes'>; readonly changed: Changed },
  userId: string,
): Promise<string | Refusal> {
  const made = Buffer.from(ports.random.bytes(PASSWORD_BYTES)).toString('base64url');
  const outcome = await announcing(ports.changed, { kind: 'user', id: userId }, () =>
    setPassword(ports, userId, made),
  );
  return isRefusal(outcome) ? outcome : made;
}

/** Ends all sessions of a person, and what runs in them; the answer is how many. */
export function signOutEverywhere(
  ports: { readonly auth: AuthStore; readonly changed: Changed },
  userId: string,
): Promise<number> {
  return announcing(ports.changed, { kind: 'user', id: userId }, () => signOut(ports, userId));
}
