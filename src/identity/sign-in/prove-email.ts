import type { AuthMatch, AuthRow, AuthStore } from '../../storage/auth-store.ts';

export interface ProvingPorts {
  readonly auth: AuthStore;
}

/**
 * Notes that somebody has shown that a person's address is theirs. Whoever made that account themselves need not be the
 * same: until then anybody could have named the address. So such an account loses every way in that it had.
 */
export async function proveEmail({ auth }: ProvingPorts, user: AuthRow): Promise<void> {
  if (user.emailVerified === 1) return;
  const id = String(user.id);
  const own: AuthMatch = { all: [{ field: 'userId', operator: 'eq', value: id }], any: [] };
  const isUnproven = user.selfMade === 1;
  if (isUnproven)
    for (const table of ['account', 'passkey', 'twoFactor', 'session'] as const)
      await auth.remove(table, own);
  await auth.update(
    'user',
    { all: [{ field: 'id', operator: 'eq', value: id }], any: [] },
    { emailVerified: 1, ...(isUnproven && { twoFactorEnabled: 0 }) },
  );
}
