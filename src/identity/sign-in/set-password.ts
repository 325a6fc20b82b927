import { type Refusal, refuse } from '../../domain/refusal.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Random } from '../../ports/random.ts';
import type { AccountStore } from '../../storage/account-store.ts';
import type { AuthMatch, AuthStore } from '../../storage/auth-store.ts';
import { LINKS_INTO_ACCOUNT, voidLinks } from './one-time-proofs.ts';
import { normalPassword, type Passwords, passwordFault } from './passwords.ts';

export interface PasswordPorts {
  readonly accounts: Pick<AccountStore, 'findUser'>;
  readonly auth: AuthStore;
  readonly passwords: Passwords;
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly random: Pick<Random, 'uuid'>;
}

/** Whether the person can sign in with a password. */
export async function hasPassword({ auth }: Pick<PasswordPorts, 'auth'>, userId: string): Promise<boolean> {
  const [account] = await auth.find('account', { ...passwordOf(userId), limit: 1 });
  return typeof account?.password === 'string';
}

/** Gives a person a password, by id or e-mail address; ends their sessions and the links that lead into the account. */
export async function setPassword(
  ports: PasswordPorts,
  idOrEmail: string,
  password: string,
): Promise<'done' | Refusal> {
  const fault = passwordFault(password);
  if (fault !== undefined) return refuse('weak-password', { fault });
  const user = await ports.accounts.findUser(idOrEmail);
  if (user === undefined) return refuse('unknown-user', { user: idOrEmail });
  const hash = await ports.passwords.hash(normalPassword(password));
  const at = new Date(ports.clock.nowMs()).toISOString();
  const changed = await ports.auth.update('account', passwordOf(user.id), { password: hash, updatedAt: at });
  if (changed === 0) {
    await ports.auth.insert('account', {
      id: ports.random.uuid(),
      accountId: user.id,
      providerId: 'credential',
      userId: user.id,
      password: hash,
      createdAt: at,
      updatedAt: at,
    });
  }
  await voidLinks(ports, LINKS_INTO_ACCOUNT, user.id);
  await signOut(ports, user.id);
  return 'done';
}

/** Ends all sessions of a person; the answer is how many. */
export function signOut({ auth }: Pick<PasswordPorts, 'auth'>, userId: string): Promise<number> {
  return auth.remove('session', { all: [{ field: 'userId', operator: 'eq', value: userId }], any: [] });
}

function passwordOf(userId: string): AuthMatch {
  return {
    all: [
      { field: 'userId', operator: 'eq', value: userId },
      { field: 'providerId', operator: 'eq', value: 'credential' },
    ],
    any: [],
  };
}
