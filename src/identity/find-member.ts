import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts';
import type { MemberRow, OrganizationRow, UserRow } from '../storage/account-store.ts';
import { findTeam, findUser } from './find-account.ts';
import type { IdentityPorts } from './identity-ports.ts';

export interface FoundMember {
  readonly team: OrganizationRow;
  readonly user: UserRow;
  readonly member: MemberRow;
  /** Without them the team would have no owner. */
  readonly isLastOwner: boolean;
}

/** A member of a team that has others; both by any name that finds them. */
export async function findMember(
  ports: Pick<IdentityPorts, 'accounts'>,
  teamReference: string,
  userReference: string,
): Promise<FoundMember | Refusal> {
  const team = await findTeam(ports, teamReference);
  if (isRefusal(team)) return team;
  const user = await findUser(ports, userReference);
  if (isRefusal(user)) return user;
  if (team.personal) return refuse('personal-team', { team: team.slug });
  const members = await ports.accounts.membersOf(team.id);
  const member = members.find(({ userId }) => userId === user.id);
  if (member === undefined) return refuse('not-a-member', { user: user.email, team: team.slug });
  const owners = members.filter(({ role }) => role === 'owner');
  return { team, user, member, isLastOwner: member.role === 'owner' && owners.length === 1 };
}
