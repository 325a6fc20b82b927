import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts';
import { announcing } from '../ports/changes.ts';
import type { MemberRow, OrganizationRow, UserRow } from '../storage/account-store.ts';
import { findTeam, findUser } from './find-account.ts';
import type { IdentityPorts } from './identity-ports.ts';

export interface Membership {
  readonly user: UserRow;
  readonly team: OrganizationRow;
  readonly role: MemberRow['role'];
}

export async function addMember(
  ports: Pick<IdentityPorts, 'accounts' | 'clock' | 'random' | 'changed'>,
  teamReference: string,
  userReference: string,
  role: MemberRow['role'],
): Promise<Membership | Refusal> {
  const team = await findTeam(ports, teamReference);
  if (isRefusal(team)) return team;
  const user = await findUser(ports, userReference);
  if (isRefusal(user)) return user;
  if (team.personal) return refuse('personal-team', { team: team.slug });
  const member = {
    id: ports.random.uuid(),
    organizationId: team.id,
    userId: user.id,
    role,
    createdAtMs: ports.clock.nowMs(),
  };
  const outcome = await announcing(ports.changed, { kind: 'organization', id: team.id }, () =>
    ports.accounts.addMember(member),
  );
  return outcome === 'exists'
    ? refuse('already-member', { user: user.email, team: team.slug })
    : { user, team, role };
}
