import type { AuthStore } from '../../storage/auth-store.ts';

/** From now on the first factor is enough. Sessions stay. */
export async function dropSecondFactor(
  { auth }: { readonly auth: AuthStore },
  userId: string,
): Promise<void> {
  const of = (field: 'id' | 'userId') => ({
    all: [{ field, operator: 'eq', value: userId }] as const,
    any: [],
  });
  await auth.update('user', of('id'), { twoFactorEnabled: 0 });
  await auth.remove('twoFactor', of('userId'));
}
