import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts';
import { announcing } from '../ports/changes.ts';
import type { MemberRow } from '../storage/account-store.ts';
import { findMember } from './find-member.ts';
import type { IdentityPorts } from './identity-ports.ts';

/** Gives a member another role. The last owner stays one. */
export async function setMemberRole(
  ports: Pick<IdentityPorts, 'accounts' | 'changed'>,
  teamReference: string,
  userReference: string,
  role: MemberRow['role'],
): Promise<MemberRow | Refusal> {
  const found = await findMember(ports, teamReference, userReference);
  if (isRefusal(found)) return found;
  const { team, user, member, isLastOwner } = found;
  if (isLastOwner && role !== 'owner') return refuse('last-owner', { team: team.slug });
  await announcing(ports.changed, { kind: 'organization', id: team.id }, () =>
    ports.accounts.setMemberRole(team.id, user.id, role),
  );
  return { ...member, role };
}
