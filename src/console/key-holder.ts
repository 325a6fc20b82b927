import { type Refusal, refuse } from '../domain/refusal.ts';
import type { ConsolePorts } from './console-ports.ts';

/** Who a key shall belong to must exist, belong together and not be shut out. */
export async function checkHolder(
  { accounts }: Pick<ConsolePorts, 'accounts'>,
  { organizationId, userId }: { readonly organizationId: string; readonly userId: string },
): Promise<Refusal | undefined> {
  const team = await accounts.findOrganization(organizationId);
  if (team === undefined) return refuse('unknown-team', { team: organizationId });
  const user = await accounts.findUser(userId);
  if (user === undefined) return refuse('unknown-user', { user: userId });
  if (user.banned) return refuse('user-is-banned', { user: user.email });
  if (team.blocked) return refuse('team-is-blocked', { team: team.slug });
  const members = await accounts.membersOf(team.id);
  if (members.some((member) => member.userId === user.id)) return undefined;
  return refuse('not-a-member', { user: user.email, team: team.slug });
}
