import type { AuthStore } from '../../storage/auth-store.ts';
import { normalPassword, type Passwords } from './passwords.ts';

export interface ProvingPasswordPorts {
  readonly auth: AuthStore;
  readonly passwords: Pick<Passwords, 'verify'>;
}

/** Whoever has a password says it again before something changes that opens the account. */
export async function isTheirPassword(
  { auth, passwords }: ProvingPasswordPorts,
  userId: string,
  password: string | undefined,
): Promise<boolean> {
  const all = [
    { field: 'userId', operator: 'eq', value: userId },
    { field: 'providerId', operator: 'eq', value: 'credential' },
  ] as const;
  const [account] = await auth.find('account', { all, any: [], limit: 1 });
  if (typeof account?.password !== 'string') return true;
  return password !== undefined && passwords.verify(normalPassword(password), account.password);
}
