import { grantCredit, withdrawCredit } from '../../../../console/move-credit.ts';
import { isRefusal } from '../../../../domain/refusal.ts';
import { setUserBanned } from '../../../../identity/ban-user.ts';
import { setTeamBlocked } from '../../../../identity/block-team.ts';
import { setUserRole } from '../../../../identity/change-user.ts';
import { createUser } from '../../../../identity/create-user.ts';
import type { PersonListed, TeamListed } from '../../../../storage/directory-store.ts';
import { type ApiPorts, actingAs } from '../../api-ports.ts';
import { type ApiRoute, route } from '../../api-route.ts';
import { openCursor, sealCursor } from '../../cursor.ts';
import { operator } from '../../guards.ts';
import { problem } from '../../problem.ts';
import {
  CreditMoved,
  CreditMovement,
  NewPerson,
  type Person,
  PersonDetail,
  PersonEdit,
  PersonPage,
  SearchQuery,
  TeamPage,
  TeamSummary,
  TeamSummaryEdit,
} from '../../wire/operator-people.ts';

type PeoplePorts = Pick<
  ApiPorts,
  'accounts' | 'directory' | 'keys' | 'ledger' | 'settings' | 'signUps' | 'clock' | 'random' | 'changed'
>;

/** `/operator/people` and `/operator/teams`: who is here, what they may, and their credit. */
export function peopleRoutes(ports: PeoplePorts): readonly ApiRoute[] {
  const detail = async (userId: string) => {
    const user = await ports.accounts.findUser(userId);
    if (user === undefined || user.id !== userId) return problem('not-found');
    const teams = await ports.directory.teamsOf(userId);
    return {
      ...presentPerson({ ...user, teams: teams.length }),
      memberOf: teams.map(presentTeam),
    };
  };
  return [
    route({
      method: 'GET',
      path: '/operator/people',
      summary: 'People whose address begins so, by address.',
      guards: [operator],
      query: SearchQuery,
      output: PersonPage,
      async handle({ query }) {
        const page = await ports.directory.searchPeople(query.q, openCursor(query));
        return { rows: page.rows.map(presentPerson), nextCursor: sealCursor(page.nextCursor) };
      },
    }),
    route({
      method: 'POST',
      path: '/operator/people',
      summary: 'Makes a person with a team of their own and the credit of a sign-up.',
      guards: [operator],
      action: 'person.create',
      body: NewPerson,
      output: PersonDetail,
      status: 201,
      async handle(call) {
        const made = await createUser(actingAs(ports, call), call.body);
        if (isRefusal(made)) return made;
        call.note({ subject: made.user.email });
        return detail(made.user.id);
      },
    }),
    route({
      method: 'GET',
      path: '/operator/people/:personId',
      summary: 'One person with their teams and balances.',
      guards: [operator],
      output: PersonDetail,
      handle: ({ parameters: { personId = '' } }) => detail(personId),
    }),
    route({
      method: 'PATCH',
      path: '/operator/people/:personId',
      summary: 'Gives a person another role, bans them, or lifts the ban.',
      guards: [operator],
      action: 'person.change',
      body: PersonEdit,
      output: PersonDetail,
      async handle({ parameters: { personId = '' }, body, note }) {
        const before = await ports.accounts.findUser(personId);
        if (before === undefined) return problem('not-found');
        note({ subject: before.email, before: { role: before.role, banned: before.banned } });
        if (body.role !== undefined) {
          const changed = await setUserRole(ports, personId, body.role);
          if (isRefusal(changed)) return changed;
        }
        if (body.banned !== undefined) {
          const changed = await setUserBanned(ports, personId, body.banned);
          if (isRefusal(changed)) return changed;
        }
        return detail(before.id);
      },
    }),
    route({
      method: 'GET',
      path: '/operator/teams',
      summary: 'Teams whose name begins so, by their short name; personal ones are with their person.',
      guards: [operator],
      query: SearchQuery,
      output: TeamPage,
      async handle({ query }) {
        const page = await ports.directory.searchTeams(query.q, openCursor(query));
        return { rows: page.rows.map(presentTeam), nextCursor: sealCursor(page.nextCursor) };
      },
    }),
    route({
      method: 'PATCH',
      path: '/operator/teams/:teamId',
      summary: 'Blocks a team, so that none of its calls is answered, or lifts the block.',
      guards: [operator],
      action: 'team.block',
      body: TeamSummaryEdit,
      output: TeamSummary.pick({ id: true, name: true, slug: true, blocked: true }),
      async handle({ parameters: { teamId = '' }, body, note }) {
        const team = await setTeamBlocked(ports, teamId, body.blocked);
        if (isRefusal(team)) return team;
        note({ subject: team.slug });
        return { id: team.id, name: team.name, slug: team.slug, blocked: team.blocked };
      },
    }),
    route({
      method: 'POST',
      path: '/operator/teams/:teamId/credit',
      summary: 'Grants credit to a team or takes some back; the id makes it safe to send twice.',
      guards: [operator],
      action: 'credit.move',
      body: CreditMovement,
      output: CreditMoved,
      async handle({ parameters: { teamId = '' }, body, note }) {
        const team = await ports.accounts.findOrganization(teamId);
        if (team === undefined) return problem('not-found');
        note({ subject: team.name });
        const move = body.direction === 'grant' ? grantCredit : withdrawCredit;
        const moved = await move(ports, {
          organizationId: team.id,
          amountTicks: BigInt(body.amountTicks),
          memo: body.memo,
          id: body.id,
        });
        if (isRefusal(moved)) return moved;
        const { availableTicks, heldTicks } = moved.balance;
        return { availableTicks: String(availableTicks), heldTicks: String(heldTicks) };
      },
    }),
  ];
}

function presentPerson({ id, name, email, role, banned, createdAtMs, teams }: PersonListed): Person {
  return { id, name, email, role, banned, createdAtMs, teams };
}

function presentTeam(team: TeamListed): TeamSummary {
  const { id, name, slug, personal, blocked, createdAtMs, members, balance } = team;
  return {
    ...{ id, name, slug, personal, blocked, createdAtMs, members },
    availableTicks: String(balance.availableTicks),
    heldTicks: String(balance.heldTicks),
  };
}
