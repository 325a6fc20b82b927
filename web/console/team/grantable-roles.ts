import type { TeamRole } from '../../../src/http/api/wire/me.ts';

const BELOW_OWNER: readonly TeamRole[] = ['administrator', 'member', 'billing'];

/** The roles that somebody may give to a member of another one; none when they may not touch that member. */
export function grantableRoles(giver: TeamRole, member: TeamRole): readonly TeamRole[] {
  if (giver === 'owner') return ['owner', ...BELOW_OWNER];
  return giver === 'administrator' && member !== 'owner' ? BELOW_OWNER : [];
}
