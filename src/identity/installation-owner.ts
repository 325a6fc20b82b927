import type { UserRow } from '../storage/account-store.ts';
import type { IdentityPorts } from './identity-ports.ts';

/** Holds the owner's user id, from just before the owner is made. */
const OWNER_SETTING = 'owner-user-id';

/** Whose the installation is until somebody says who they are. It can call the API; nobody can sign in with it. */
export const PLACEHOLDER_EMAIL = 'owner@localhost';

/** The person who set this installation up, or undefined while nobody has. */
export async function findOwner({
  settings,
  accounts,
}: Pick<IdentityPorts, 'settings' | 'accounts'>): Promise<UserRow | undefined> {
  const id = await settings.get(OWNER_SETTING);
  return id === undefined ? undefined : accounts.findUser(id);
}

/**
 * The id that the owner of this installation will have, or undefined when there is an owner already. It is settled
 * before the person is made, so two first sign-ups at once get the same id and only one of them can be inserted.
 */
export async function claimOwnerId({
  settings,
  accounts,
  random,
}: Pick<IdentityPorts, 'settings' | 'accounts' | 'random'>): Promise<string | undefined> {
  const id = await settings.setOnce(OWNER_SETTING, random.uuid());
  return (await accounts.findUser(id)) === undefined ? id : undefined;
}
