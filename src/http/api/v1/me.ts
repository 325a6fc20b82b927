import { currentNotices } from '../../../console/notices.ts';
import { changePreferences, preferencesOf } from '../../../console/preferences.ts';
import { invitationsOf } from '../../../identity/registration/team-invitations.ts';
import { hasMail } from '../../../ports/mailer.ts';
import type { Membership } from '../../../storage/directory-store.ts';
import type { ApiPorts } from '../api-ports.ts';
import { type ApiCall, type ApiRoute, route } from '../api-route.ts';
import { signedIn } from '../guards.ts';
import { type InvitationToMe, Me, MeEdit, type OwnTeam } from '../wire/me.ts';

type MePorts = Pick<
  ApiPorts,
  'accounts' | 'auth' | 'directory' | 'settings' | 'signUps' | 'clock' | 'mail' | 'installation'
>;

/** `/me`: who is signed in, their teams, and what every page shows. */
export function meRoutes(ports: MePorts): readonly ApiRoute[] {
  return [
    route({
      method: 'GET',
      path: '/me',
      summary: 'The person who is signed in, with teams, preferences, notices and facts of the installation.',
      guards: [signedIn],
      output: Me,
      handle: (call) => present(ports, call, call.signedIn.name),
    }),
    route({
      method: 'PATCH',
      path: '/me',
      summary: "Changes the person's name or preferences.",
      guards: [signedIn],
      body: MeEdit,
      output: Me,
      async handle(call) {
        const { name, ...preferences } = call.body;
        if (name !== undefined) await ports.accounts.editUser(call.signedIn.userId, { name });
        await changePreferences(ports, call.signedIn.userId, preferences);
        return present(ports, call, name ?? call.signedIn.name);
      },
    }),
  ];
}

async function present(
  ports: MePorts,
  { signedIn: { userId, email, role }, request }: ApiCall,
  name: string,
): Promise<Me> {
  const [memberships, preferences, notices, invitations] = await Promise.all([
    ports.directory.membershipsOf(userId),
    preferencesOf(ports, userId),
    currentNotices(ports),
    presentInvitations(ports, { userId, email }),
  ]);
  return {
    id: userId,
    email,
    name,
    role,
    isOperator: role !== 'user',
    preferences,
    teams: memberships.map(presentTeam).sort(personalFirst),
    invitations,
    installation: await ports.installation(request),
    notices: [...notices],
  };
}

async function presentInvitations(
  ports: MePorts,
  person: { readonly userId: string; readonly email: string },
): Promise<InvitationToMe[]> {
  const rows = await invitationsOf({ ...ports, hasMail: hasMail(ports) }, person);
  if (rows.length === 0) return [];
  const [teams, inviters] = await Promise.all([
    ports.directory.teamsNamed(rows.map(({ team }) => team.organizationId)),
    ports.directory.peopleNamed(rows.map(({ createdBy }) => createdBy)),
  ]);
  return rows.map(({ id, team, createdBy, expiresAtMs }) => ({
    id,
    team: teams.find((one) => one.id === team.organizationId)?.name ?? '',
    role: team.role,
    invitedBy: inviters.find((one) => one.id === createdBy)?.email ?? null,
    expiresAtMs,
  }));
}

function presentTeam({ organization, role }: Membership): OwnTeam {
  const { id, name, slug, personal, blocked } = organization;
  return { id, name, slug, personal, blocked, role };
}

function personalFirst(a: OwnTeam, b: OwnTeam): number {
  return Number(b.personal) - Number(a.personal) || a.name.localeCompare(b.name);
}
