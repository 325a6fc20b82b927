import { type Failure, personShutOut } from '../domain/failure.ts';
import type { AccountStore } from '../storage/account-store.ts';
import type { DirectoryStore } from '../storage/directory-store.ts';
import type { SignedIn } from './session.ts';

/**
 * Why a person may not call models as a member of a team now, if they may not. `readAgain` reads the session that they
 * came with: undefined once it has ended or its person was banned.
 */
export async function personFault(
  {
    accounts,
    directory,
  }: { readonly accounts: AccountStore; readonly directory: Pick<DirectoryStore, 'findMember'> },
  organizationId: string,
  userId: string,
  readAgain: () => Promise<SignedIn | undefined>,
): Promise<Failure | undefined> {
  const [person, user, member, team] = await Promise.all([
    readAgain(),
    accounts.findUser(userId),
    directory.findMember(organizationId, userId),
    accounts.findOrganization(organizationId),
  ]);
  if (person?.userId !== userId || user === undefined || user.banned) return personShutOut('signed-out');
  if (member === undefined || team === undefined) return personShutOut('not-a-member');
  return team.blocked ? personShutOut('team-blocked') : undefined;
}
