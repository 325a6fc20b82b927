import { balanceOf } from '../../console/read-account.ts';
import { isRefusal } from '../../domain/refusal.ts';
import { setUserBanned } from '../../identity/ban-user.ts';
import { createUser } from '../../identity/create-user.ts';
import { findUser } from '../../identity/find-account.ts';
import { defineCommand, facts, table } from './command.ts';
import { argument, option } from './parameter.ts';
import { presentBalance, presentTeam, presentUser } from './present-account.ts';
import { choice, text } from './value-kind.ts';

const USER = text('EMAIL|ID');
const SHOWN = ['email', 'name', 'role', 'banned', 'id', 'created_at'];

const create = defineCommand({
  name: 'users create',
  mutates: true,
  parameters: {
    email: argument(text('EMAIL')),
    name: option(text('NAME')),
    role: option(choice(['user', 'administrator', 'owner'])),
  },
  view: [],
  async run(context, { email, name, role }) {
    const made = await createUser(context, { email, name, role: role ?? 'user' });
    if (isRefusal(made)) return made;
    return {
      ...presentUser(made.user),
      team_id: made.team.id,
      ...presentBalance(await balanceOf(context, made.team.id)),
    };
  },
});

const listing = defineCommand({
  name: 'users list',
  mutates: false,
  parameters: {},
  view: [table('users', ...SHOWN)],
  async run({ accounts }) {
    return { users: (await accounts.listUsers()).map(presentUser) };
  },
});

const show = defineCommand({
  name: 'users show',
  mutates: false,
  parameters: { user: argument(USER) },
  view: [facts(...SHOWN), table('teams', 'slug', 'name', 'available_ticks', 'held_ticks', 'blocked', 'id')],
  async run(context, input) {
    const user = await findUser(context, input.user);
    if (isRefusal(user)) return user;
    const teams = await context.accounts.organizationsOf(user.id);
    return {
      ...presentUser(user),
      teams: await Promise.all(
        teams.map(async (team) => ({
          ...presentTeam(team),
          ...presentBalance(await balanceOf(context, team.id)),
        })),
      ),
    };
  },
});

function banning<const Name extends string>(name: Name, banned: boolean) {
  return defineCommand({
    name,
    mutates: true,
    parameters: { user: argument(USER) },
    view: [],
    async run(context, input) {
      const user = await setUserBanned(context, input.user, banned);
      return isRefusal(user) ? user : presentUser(user);
    },
  });
}

/** People: each with a personal team, its credit and the sign-up grant. */
export const USER_COMMANDS = [
  create,
  listing,
  show,
  banning('users ban', true),
  banning('users unban', false),
];
