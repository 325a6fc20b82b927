import { readDisplayName } from '../../../../domain/display-name.ts';
import { isRefusal, refuse } from '../../../../domain/refusal.ts';
import { setMemberRole } from '../../../../identity/change-member.ts';
import { createTeam } from '../../../../identity/create-team.ts';
import { removeMember } from '../../../../identity/remove-member.ts';
import type { MemberRow } from '../../../../storage/account-store.ts';
import type { PersonName } from '../../../../storage/directory-store.ts';
import { type ApiPorts, actingAs } from '../../api-ports.ts';
import { type ApiCall, type ApiRoute, route } from '../../api-route.ts';
import { memberOf, signedIn } from '../../guards.ts';
import { problem } from '../../problem.ts';
import { OwnTeam } from '../../wire/me.ts';
import { Done } from '../../wire/scalars.ts';
import { type Member, MemberEdit, NewTeam, Team, TeamEdit } from '../../wire/team.ts';

type TeamPorts = Pick<
  ApiPorts,
  'accounts' | 'directory' | 'keys' | 'ledger' | 'settings' | 'signUps' | 'clock' | 'random' | 'changed'
>;

const managers = memberOf('owner', 'administrator');

/** `/teams`: a new one; `/teams/:teamId`: its name, its members and their roles. */
export function teamRoutes(ports: TeamPorts): readonly ApiRoute[] {
  return [
    route({
      method: 'POST',
      path: '/teams',
      summary: 'Makes a team with an empty wallet; the person becomes its owner.',
      guards: [signedIn],
      action: 'team.create',
      body: NewTeam,
      output: OwnTeam,
      status: 201,
      async handle(call) {
        const owner = call.signedIn.userId;
        const team = await createTeam(actingAs(ports, call), { ...call.body, owner });
        if (isRefusal(team)) return team;
        call.note({ subject: team.slug });
        const { id, name, slug, personal, blocked } = team;
        return { id, name, slug, personal, blocked, role: 'owner' as const };
      },
    }),
    route({
      method: 'GET',
      path: '/teams/:teamId',
      summary: 'The team with its members.',
      guards: [memberOf()],
      output: Team,
      handle: (call) => present(ports, call),
    }),
    route({
      method: 'PATCH',
      path: '/teams/:teamId',
      summary: 'Renames the team.',
      guards: [managers],
      action: 'team.change',
      body: TeamEdit,
      output: Team,
      async handle(call) {
        const name = readDisplayName(call.body.name);
        if (name === undefined) return refuse('bad-name');
        const before = await ports.accounts.findOrganization(call.team.id);
        call.note({ before: { name: before?.name } });
        await ports.accounts.renameOrganization(call.team.id, name);
        return present(ports, call);
      },
    }),
    route({
      method: 'PATCH',
      path: '/teams/:teamId/members/:userId',
      summary: 'Gives a member another role. Only an owner makes or unmakes owners.',
      guards: [managers],
      action: 'member.change',
      body: MemberEdit,
      output: Team,
      async handle(call) {
        const member = await ports.directory.findMember(call.team.id, userOf(call));
        if (member === undefined) return problem('not-found');
        if (call.team.role !== 'owner' && (member.role === 'owner' || call.body.role === 'owner'))
          return problem('not-allowed');
        call.note({ before: { role: member.role } });
        const changed = await setMemberRole(ports, call.team.id, member.userId, call.body.role);
        return isRefusal(changed) ? changed : present(ports, call);
      },
    }),
    route({
      method: 'DELETE',
      path: '/teams/:teamId/members/:userId',
      summary:
        'Takes a member out; the keys they made in the team are disabled. Anyone may leave by themselves.',
      guards: [memberOf()],
      action: 'member.remove',
      output: Done,
      async handle(call) {
        const member = await ports.directory.findMember(call.team.id, userOf(call));
        if (member === undefined) return problem('not-found');
        const isSelf = member.userId === call.signedIn.userId;
        const isManager = call.team.role === 'owner' || call.team.role === 'administrator';
        if (!isSelf && !(isManager && (member.role !== 'owner' || call.team.role === 'owner')))
          return problem('not-allowed');
        const removed = await removeMember(actingAs(ports, call), call.team.id, member.userId);
        return isRefusal(removed) ? removed : { done: true as const };
      },
    }),
  ];
}

function userOf({ parameters }: ApiCall): string {
  return parameters.userId ?? '';
}

async function present(ports: TeamPorts, call: ApiCall) {
  const [team, members] = await Promise.all([
    ports.accounts.findOrganization(call.team.id),
    ports.accounts.membersOf(call.team.id),
  ]);
  if (team === undefined) return problem('not-found');
  const people = await ports.directory.peopleNamed(members.map(({ userId }) => userId));
  const { id, name, slug, personal, blocked, createdAtMs } = team;
  return {
    ...{ id, name, slug, personal, blocked, createdAtMs },
    members: members.map((member) => presentMember(member, people, call.signedIn.userId)),
  };
}

function presentMember(member: MemberRow, people: readonly PersonName[], readerId: string): Member {
  const person = people.find(({ id }) => id === member.userId);
  return {
    userId: member.userId,
    name: person?.name ?? '',
    email: person?.email ?? '',
    role: member.role,
    joinedAtMs: member.createdAtMs,
    isSelf: member.userId === readerId,
  };
}
