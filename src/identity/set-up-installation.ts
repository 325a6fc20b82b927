import { readDisplayName } from '../domain/display-name.ts';
import { type Refusal, refuse } from '../domain/refusal.ts';
import type { Random } from '../ports/random.ts';
import type { AuthStore } from '../storage/auth-store.ts';
import { personalTeamOf } from './find-account.ts';
import type { IdentityPorts } from './identity-ports.ts';
import { findOwner, PLACEHOLDER_EMAIL } from './installation-owner.ts';
import { readEmail } from './read-email.ts';
import { normalPassword, type Passwords, passwordFault } from './sign-in/passwords.ts';

export interface SetUpPorts extends Omit<IdentityPorts, 'actor' | 'random' | 'signUps'> {
  readonly auth: AuthStore;
  readonly passwords: Passwords;
  readonly random: Random;
  readonly sha256: (text: string) => string;
}

/** 256 bits: it is the only thing between a stranger and a new installation. */
const TOKEN_BYTES = 32;

/** Whether nobody can sign in yet, so that a link may set the installation up. */
export async function isSetUpOpen({ auth }: Pick<SetUpPorts, 'auth'>): Promise<boolean> {
  return !(await auth.canAnyoneSignIn(PLACEHOLDER_EMAIL));
}

/** Makes the token of the link that sets the installation up. It ends the one before; only its hash is kept. */
export async function makeSetUpToken(
  ports: Pick<SetUpPorts, 'auth' | 'random' | 'clock' | 'sha256'>,
): Promise<string | Refusal> {
  if (!(await isSetUpOpen(ports))) return refuse('already-set-up');
  const token = Buffer.from(ports.random.bytes(TOKEN_BYTES)).toString('base64url');
  await ports.auth.putSetUpLink(ports.sha256(token), ports.clock.nowMs());
  return token;
}

/** Where the token's link leads. */
export function setUpLink(baseUrl: string, token: string): string {
  return `${baseUrl}/set-up?token=${token}`;
}

/** Whether a token would set the installation up now. */
export function isSetUpToken(
  { auth, sha256 }: Pick<SetUpPorts, 'auth' | 'sha256'>,
  token: string,
): Promise<boolean> {
  return auth.isSetUpLink(sha256(token));
}

export interface FirstPerson {
  readonly token: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

/**
 * Makes whoever has the link the owner of this installation: the person, their team with its credit and the first key
 * are there since the first start, and get a name, an address and a password. Of many that try at once, one does.
 */
export async function setUpInstallation(
  ports: SetUpPorts,
  { token, ...asked }: FirstPerson,
): Promise<{ readonly userId: string; readonly email: string } | Refusal> {
  if (!(await isSetUpOpen(ports))) return refuse('already-set-up');
  // Before the password is hashed, which is work that nobody else may ask for.
  if (!(await isSetUpToken(ports, token))) return refuse('set-up-link-over');
  const email = readEmail(asked.email);
  if (email === undefined || email === PLACEHOLDER_EMAIL) return refuse('bad-email', { email: asked.email });
  const name = readDisplayName(asked.name);
  if (name === undefined) return refuse('bad-name');
  const fault = passwordFault(asked.password);
  if (fault !== undefined) return refuse('weak-password', { fault });
  const owner = await findOwner(ports);
  // The first start is not over.
  if (owner === undefined) return refuse('set-up-link-over');
  const team = await personalTeamOf(ports.accounts, owner.id);

  const outcome = await ports.auth.setUpPerson({
    ...{ userId: owner.id, organizationId: team.id, email, name, placeholderEmail: PLACEHOLDER_EMAIL },
    passwordHash: await ports.passwords.hash(normalPassword(asked.password)),
    linkHash: ports.sha256(token),
    accountId: ports.random.uuid(),
    atMs: ports.clock.nowMs(),
  });
  if (outcome === 'exists') return refuse('email-taken', { email });
  if (outcome === 'stopped') return refuse('set-up-link-over');
  ports.changed({ kind: 'user', id: owner.id });
  ports.changed({ kind: 'organization', id: team.id });
  return { userId: owner.id, email };
}
