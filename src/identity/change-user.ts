import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts';
import { announcing } from '../ports/changes.ts';
import type { UserRow } from '../storage/account-store.ts';
import { findUser } from './find-account.ts';
import type { IdentityPorts } from './identity-ports.ts';

/** Makes a person an administrator of the installation, or no longer one. The owner stays what they are. */
export async function setUserRole(
  ports: Pick<IdentityPorts, 'accounts' | 'changed'>,
  reference: string,
  role: 'administrator' | 'user',
): Promise<UserRow | Refusal> {
  const user = await findUser(ports, reference);
  if (isRefusal(user)) return user;
  if (user.role === 'owner') return refuse('owner-stays', { user: user.email });
  await announcing(ports.changed, { kind: 'user', id: user.id }, () =>
    ports.accounts.editUser(user.id, { role }),
  );
  return { ...user, role };
}
