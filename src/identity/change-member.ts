import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts';
import { announcing } from '../ports/changes.ts';
import type { MemberRow } from '../storage/account-store.ts';
import { findTeam, findUser } from './find-account.ts';
import type { IdentityPorts } from './identity-ports.ts';

/** Gives a member another role. The last owner stays one. */
export async function setMemberRole(
  ports: Pick<IdentityPorts, 'accounts' | 'changed'>,
  teamReference: string,
  userReference: string,
  role: MemberRow['role'],
): Promise<MemberRow | Refusal> {
  const team = await findTeam(ports, teamReference);
  if (isRefusal(team)) return team;
  const user = await findUser(ports, userReference);
  if (isRefusal(user)) return user;
  if (team.personal) return refuse('personal-team', { team: team.slug });
  const members = await ports.accounts.membersOf(team.id);
  const member = members.find(({ userId }) => userId === user.id);
  if (member === undefined) return refuse('not-a-member', { user: user.email, team: team.slug });
  const otherOwners = members.filter((other) => other.role === 'owner' && other !== member);
  if (member.role === 'owner' && role !== 'owner' && otherOwners.length === 0)
    return refuse('last-owner', { team: team.slug });
  await announcing(ports.changed, { kind: 'organization', id: team.id }, () =>
    ports.accounts.setMemberRole(team.id, user.id, role),
  );
  return { ...member, role };
}
