import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import { announcing } from '../../ports/changes.ts';
import type { MemberRow, OrganizationRow } from '../../storage/account-store.ts';
import type { AuthStore } from '../../storage/auth-store.ts';
import type { TeamInvitationRow } from '../../storage/sign-up-store.ts';
import { findTeam } from '../find-account.ts';
import { readEmail } from '../read-email.ts';
import { type InvitationPorts, nameLink } from './invitations.ts';
import { mayComeNew, readRegistration } from './registration-settings.ts';

export interface TeamInvitationPorts extends InvitationPorts {
  readonly auth: AuthStore;
  /** Whether letters reach people: only then somebody can show that an address is theirs. */
  readonly hasMail: boolean;
}

const DAY_MS = 86_400_000;
export const TEAM_INVITATION_DAYS = 7;

/** More people than a team takes in at once; whoever sends letters to strangers stops here. */
export const MOST_OPEN_INVITATIONS = 20;

export interface InvitedIntoTeam {
  readonly row: TeamInvitationRow;
  /** Who reads the letter; it says more than the inviter is told. None goes to who could do nothing with it. */
  readonly reader: { readonly kind: 'person'; readonly userId: string } | NewReader | undefined;
}

interface NewReader {
  readonly kind: 'newcomer';
  readonly token: string;
}

/**
 * Invites an address into a team. Whether it has an account is nothing that the answer says: somebody who has one is
 * asked after signing in, and somebody who has none can make one by the letter's link where everybody could.
 */
export async function inviteIntoTeam(
  ports: TeamInvitationPorts,
  teamId: string,
  asked: { readonly email: string; readonly role: MemberRow['role'] },
): Promise<InvitedIntoTeam | Refusal> {
  const team = await findTeam(ports, teamId);
  if (isRefusal(team)) return team;
  if (team.personal) return refuse('personal-team', { team: team.slug });
  const email = readEmail(asked.email);
  if (email === undefined) return refuse('bad-email', { email: asked.email });
  const user = await ports.accounts.findUser(email);
  const members = user && (await ports.accounts.membersOf(team.id));
  if (user && members?.some(({ userId }) => userId === user.id))
    return refuse('already-member', { user: email, team: team.slug });
  const createdAtMs = ports.clock.nowMs();
  const { token, ...named } = nameLink(ports);
  const row: TeamInvitationRow = {
    ...named,
    ...{ origin: 'team', email, team: { organizationId: team.id, role: asked.role } },
    ...{ createdAtMs, expiresAtMs: createdAtMs + TEAM_INVITATION_DAYS * DAY_MS, createdBy: ports.actor },
    ...{ endedAtMs: null, used: null },
  };
  if ((await ports.signUps.inviteToTeam(row, MOST_OPEN_INVITATIONS)) === 'full')
    return refuse('too-many-invitations', { most: MOST_OPEN_INVITATIONS });
  if (user !== undefined) return { row, reader: { kind: 'person', userId: user.id } };
  const isLetIn = mayComeNew(await readRegistration(ports.settings), email);
  return { row, reader: ports.hasMail && isLetIn ? { kind: 'newcomer', token } : undefined };
}

/** Somebody who is signed in. */
interface Invited {
  readonly userId: string;
  readonly email: string;
}

/** What a person is invited to, and may accept. */
export async function invitationsOf(
  ports: Pick<TeamInvitationPorts, 'signUps' | 'auth' | 'clock' | 'hasMail'>,
  person: Invited,
): Promise<readonly TeamInvitationRow[]> {
  const open = await ports.signUps.openTeamInvitations({ email: person.email }, ports.clock.nowMs());
  return open.length > 0 && (await isAddressTheirs(ports, person.userId)) ? open : [];
}

/** Makes the person a member of the team that invited them. */
export async function acceptTeamInvitation(
  ports: Pick<
    TeamInvitationPorts,
    'accounts' | 'signUps' | 'auth' | 'clock' | 'random' | 'hasMail' | 'changed'
  >,
  person: Invited,
  invitationId: string,
): Promise<{ readonly team: OrganizationRow; readonly role: MemberRow['role'] } | Refusal> {
  const invitation = (await invitationsOf(ports, person)).find(({ id }) => id === invitationId);
  if (invitation === undefined) return refuse('unknown-invitation');
  const { organizationId, role } = invitation.team;
  const team = await findTeam(ports, organizationId);
  if (isRefusal(team)) return team;
  const member = {
    ...{ id: ports.random.uuid(), organizationId, userId: person.userId, role },
    createdAtMs: ports.clock.nowMs(),
  };
  const outcome = await announcing(ports.changed, { kind: 'organization', id: organizationId }, () =>
    ports.signUps.joinTeam(invitationId, person.email, member),
  );
  return outcome === 'over' ? refuse('unknown-invitation') : { team, role };
}

/**
 * Whether an address belongs to whoever signs in with it. Somebody who made their account themselves may have named
 * another's, and would take that one's invitations; a letter settles it. Where there are no letters, the operator let
 * everybody in, and nothing better can be had.
 */
async function isAddressTheirs(
  { auth, hasMail }: Pick<TeamInvitationPorts, 'auth' | 'hasMail'>,
  userId: string,
): Promise<boolean> {
  if (!hasMail) return true;
  const all = [{ field: 'id', operator: 'eq', value: userId }] as const;
  const [user] = await auth.find('user', { all, any: [], limit: 1 });
  return user !== undefined && (user.selfMade !== 1 || user.emailVerified === 1);
}
