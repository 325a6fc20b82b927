import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts';
import { announcing } from '../ports/changes.ts';
import type { UserRow } from '../storage/account-store.ts';
import { findUser } from './find-account.ts';
import type { IdentityPorts } from './identity-ports.ts';

/**
 * Bans a person, or lifts the ban: while it stands, none of the keys they made work, in whatever team. The owner of
 * the installation stays, so that there is always somebody to lift a ban.
 */
export async function setUserBanned(
  ports: Pick<IdentityPorts, 'accounts' | 'changed'>,
  reference: string,
  banned: boolean,
): Promise<UserRow | Refusal> {
  const user = await findUser(ports, reference);
  if (isRefusal(user)) return user;
  if (banned && user.role === 'owner') return refuse('owner-stays', { user: user.email });
  await announcing(ports.changed, { kind: 'user', id: user.id }, () =>
    ports.accounts.setUserBanned(user.id, banned),
  );
  return { ...user, banned };
}
