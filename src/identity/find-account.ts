import { type Refusal, refuse } from '../domain/refusal.ts';
import type { AccountStore, OrganizationRow, UserRow } from '../storage/account-store.ts';
import type { IdentityPorts } from './identity-ports.ts';

/** The person behind an id or an e-mail address. */
export async function findUser(
  { accounts }: Pick<IdentityPorts, 'accounts'>,
  reference: string,
): Promise<UserRow | Refusal> {
  return (await accounts.findUser(reference)) ?? refuse('unknown-user', { user: reference });
}

/** The team behind an id or a slug. */
export async function findTeam(
  { accounts }: Pick<IdentityPorts, 'accounts'>,
  reference: string,
): Promise<OrganizationRow | Refusal> {
  return (await accounts.findOrganization(reference)) ?? refuse('unknown-team', { team: reference });
}

/** A person's own team. Every person has one from the moment they are made. */
export async function personalTeamOf(accounts: AccountStore, userId: string): Promise<OrganizationRow> {
  const team = await accounts.findOrganization(personalSlug(userId));
  if (team === undefined) throw new Error(`user ${userId} has no personal team`);
  return team;
}

/** Names a personal team after its person, so that it can be found and no other team can be called so. */
export function personalSlug(userId: string): string {
  return `${PERSONAL_SLUG_PREFIX}${userId}`;
}

export const PERSONAL_SLUG_PREFIX = 'personal-';
