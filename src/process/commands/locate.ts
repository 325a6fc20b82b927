import { isApiKey, redactApiKey } from '../../domain/api-key.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import { findTeam, findUser, personalTeamOf } from '../../identity/find-account.ts';
import { findOwner } from '../../identity/installation-owner.ts';
import type { OrganizationRow, UserRow } from '../../storage/account-store.ts';
import type { KeyRow } from '../../storage/key-store.ts';
import type { CommandContext } from './command-context.ts';

/** Whose thing a command is about: a team by id or slug, or a person, whose personal team it then is. */
export interface Whose {
  readonly team: string | undefined;
  readonly user: string | undefined;
}

/** The team a command is about. When there is only one, it need not be named. */
export async function locateTeam(
  context: CommandContext,
  { team, user }: Whose,
): Promise<OrganizationRow | Refusal> {
  if (team !== undefined) return findTeam(context, team);
  if (user !== undefined) {
    const person = await findUser(context, user);
    return isRefusal(person) ? person : personalTeamOf(context.accounts, person.id);
  }
  const teams = await context.accounts.listOrganizations();
  const [only] = teams;
  if (only === undefined) return refuse('no-team-yet');
  return teams.length === 1 ? only : refuse('team-not-named', { teams: teams.length });
}

/** Who makes a key, and in which team: by default the team's first owner. */
export async function locateHolder(
  context: CommandContext,
  whose: Whose,
): Promise<{ readonly team: OrganizationRow; readonly user: UserRow } | Refusal> {
  const team = await locateTeam(context, whose);
  if (isRefusal(team)) return team;
  const user =
    whose.user === undefined ? await firstOwner(context, team) : await findUser(context, whose.user);
  return isRefusal(user) ? user : { team, user };
}

async function firstOwner(context: CommandContext, team: OrganizationRow): Promise<UserRow | Refusal> {
  const members = await context.accounts.membersOf(team.id);
  const owner = members.find(({ role }) => role === 'owner');
  const user = owner === undefined ? undefined : await context.accounts.findUser(owner.userId);
  return user ?? (await findOwner(context)) ?? refuse('unknown-user', { user: 'owner' });
}

/**
 * A key by its id or, when one has leaked and must be stopped, by its text. An operator need not know its team: the
 * stores look into one team at a time, so all of them are asked in turn.
 */
export async function locateKey(
  context: CommandContext,
  reference: string,
  whose: Whose,
): Promise<KeyRow | Refusal> {
  const named = whose.team !== undefined || whose.user !== undefined;
  const team = named ? await locateTeam(context, whose) : undefined;
  if (isRefusal(team)) return team;
  if (isApiKey(reference)) {
    const key = await context.keys.findByHash(context.sha256(reference));
    const isTheirs = team === undefined || key?.organizationId === team.id;
    return key !== undefined && isTheirs ? key : refuse('unknown-key', { key: redactApiKey(reference) });
  }
  for (const { id } of team === undefined ? await context.accounts.listOrganizations() : [team]) {
    const key = await context.keys.find(id, reference);
    if (key !== undefined) return key;
  }
  // What begins like a key may be one with a slip in it, and is not repeated.
  return refuse('unknown-key', { key: reference.startsWith('xai-') ? redactApiKey(reference) : reference });
}
