import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts';
import { announcing } from '../ports/changes.ts';
import type { OrganizationRow, UserRow } from '../storage/account-store.ts';
import type { KeyRow } from '../storage/key-store.ts';
import { findMember } from './find-member.ts';
import type { IdentityPorts } from './identity-ports.ts';

export interface RemovedMember {
  readonly user: UserRow;
  readonly team: OrganizationRow;
  /** The keys they had made in the team; they spend its credit and were disabled. */
  readonly disabledKeys: readonly KeyRow[];
}

/**
 * Takes a person out of a team. Their keys of that team are disabled first: whoever left must not go on spending its
 * credit, also if a crash comes in between. The last owner stays.
 */
export async function removeMember(
  ports: Pick<IdentityPorts, 'accounts' | 'keys' | 'clock' | 'changed' | 'actor'>,
  teamReference: string,
  userReference: string,
): Promise<RemovedMember | Refusal> {
  const found = await findMember(ports, teamReference, userReference);
  if (isRefusal(found)) return found;
  const { team, user, isLastOwner } = found;
  if (isLastOwner) return refuse('last-owner', { team: team.slug });

  const disabledKeys = await disableKeysOf(ports, team.id, user.id);
  await announcing(ports.changed, { kind: 'organization', id: team.id }, () =>
    ports.accounts.removeMember(team.id, user.id),
  );
  return { user, team, disabledKeys };
}

async function disableKeysOf(
  { keys, clock, changed, actor }: Pick<IdentityPorts, 'keys' | 'clock' | 'changed' | 'actor'>,
  teamId: string,
  userId: string,
): Promise<readonly KeyRow[]> {
  const working = (await keys.list(teamId)).filter(
    (key) => key.userId === userId && !key.disabled && key.revokedAtMs === null,
  );
  const change = { disabled: true, modifiedAtMs: clock.nowMs(), modifiedBy: actor };
  for (const key of working) {
    await announcing(changed, { kind: 'key', id: key.id }, () => keys.change(teamId, key.id, change));
  }
  return working.map((key) => ({ ...key, ...change }));
}
