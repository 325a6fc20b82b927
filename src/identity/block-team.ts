import { isRefusal, type Refusal } from '../domain/refusal.ts';
import { announcing } from '../ports/changes.ts';
import type { OrganizationRow } from '../storage/account-store.ts';
import { findTeam } from './find-account.ts';
import type { IdentityPorts } from './identity-ports.ts';

/** Blocks a team, or lifts the block: while it stands, none of its keys work and its credit stays as it is. */
export async function setTeamBlocked(
  ports: Pick<IdentityPorts, 'accounts' | 'changed'>,
  reference: string,
  blocked: boolean,
): Promise<OrganizationRow | Refusal> {
  const team = await findTeam(ports, reference);
  if (isRefusal(team)) return team;
  await announcing(ports.changed, { kind: 'organization', id: team.id }, () =>
    ports.accounts.setOrganizationBlocked(team.id, blocked),
  );
  return { ...team, blocked };
}
