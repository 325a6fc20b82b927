import { balanceOf } from '../../console/read-account.ts';
import { isRefusal } from '../../domain/refusal.ts';
import { addMember } from '../../identity/add-member.ts';
import { setTeamBlocked } from '../../identity/block-team.ts';
import { createTeam } from '../../identity/create-team.ts';
import { findTeam } from '../../identity/find-account.ts';
import { removeMember } from '../../identity/remove-member.ts';
import { defineCommand, facts, table } from './command.ts';
import { argument, option, requiredOption } from './parameter.ts';
import { presentBalance, presentMember, presentTeam } from './present-account.ts';
import { choice, text } from './value-kind.ts';

const TEAM = text('TEAM');
const USER = text('EMAIL|ID');
const MEMBER_ROLES = choice(['member', 'administrator', 'billing', 'owner']);

const create = defineCommand({
  name: 'teams create',
  mutates: true,
  parameters: { name: argument(text('NAME')), owner: requiredOption(USER), slug: option(text('SLUG')) },
  view: [],
  async run(context, input) {
    const team = await createTeam(context, input);
    return isRefusal(team) ? team : presentTeam(team);
  },
});

const listing = defineCommand({
  name: 'teams list',
  mutates: false,
  parameters: {},
  view: [table('teams', 'slug', 'name', 'personal', 'blocked', 'id', 'created_at')],
  async run({ accounts }) {
    return { teams: (await accounts.listOrganizations()).map(presentTeam) };
  },
});

const show = defineCommand({
  name: 'teams show',
  mutates: false,
  parameters: { team: argument(TEAM) },
  view: [
    facts('slug', 'name', 'personal', 'blocked', 'available_ticks', 'held_ticks', 'id', 'created_at'),
    table('members', 'email', 'name', 'role', 'banned', 'user_id', 'joined_at'),
  ],
  async run(context, input) {
    const team = await findTeam(context, input.team);
    if (isRefusal(team)) return team;
    const members = await context.accounts.membersOf(team.id);
    return {
      ...presentTeam(team),
      ...presentBalance(await balanceOf(context, team.id)),
      members: await Promise.all(
        members.map(async (member) => presentMember(member, await context.accounts.findUser(member.userId))),
      ),
    };
  },
});

const add = defineCommand({
  name: 'teams add-member',
  mutates: true,
  parameters: { team: argument(TEAM), user: argument(USER), role: option(MEMBER_ROLES) },
  view: [],
  async run(context, input) {
    const added = await addMember(context, input.team, input.user, input.role ?? 'member');
    if (isRefusal(added)) return added;
    return {
      team_id: added.team.id,
      slug: added.team.slug,
      email: added.user.email,
      user_id: added.user.id,
      role: added.role,
    };
  },
});

const remove = defineCommand({
  name: 'teams remove-member',
  mutates: true,
  parameters: { team: argument(TEAM), user: argument(USER) },
  view: [],
  async run(context, input) {
    const removed = await removeMember(context, input.team, input.user);
    if (isRefusal(removed)) return removed;
    return {
      team_id: removed.team.id,
      slug: removed.team.slug,
      email: removed.user.email,
      user_id: removed.user.id,
      disabled_keys: removed.disabledKeys.map((key) => key.redacted),
    };
  },
});

function blocking<const Name extends string>(name: Name, blocked: boolean) {
  return defineCommand({
    name,
    mutates: true,
    parameters: { team: argument(TEAM) },
    view: [],
    async run(context, input) {
      const team = await setTeamBlocked(context, input.team, blocked);
      return isRefusal(team) ? team : presentTeam(team);
    },
  });
}

/** Teams: each has a wallet, and its members make keys that spend from it. */
export const TEAM_COMMANDS = [
  create,
  listing,
  show,
  add,
  remove,
  blocking('teams block', true),
  blocking('teams unblock', false),
];
