import { readDisplayName } from '../domain/display-name.ts';
import { type Refusal, refuse } from '../domain/refusal.ts';
import type { OrganizationRow, UserRow } from '../storage/account-store.ts';
import { StorageConflict } from '../storage/storage-error.ts';
import { personalSlug } from './find-account.ts';
import type { IdentityPorts } from './identity-ports.ts';
import { claimOwnerId } from './installation-owner.ts';
import { readEmail } from './read-email.ts';
import { mailboxOf } from './registration/mailbox.ts';
import { completeSignUp, giveSignUpCredit, signUpCredit } from './sign-up-credit.ts';

export interface NewUser {
  readonly email: string;
  /** Defaults to the part of the address before the `@`. */
  readonly name?: string | undefined;
  /** An installation has one owner, whoever is made first with this role. */
  readonly role: UserRow['role'];
}

export interface UserWithTeam {
  readonly user: UserRow;
  /** Their personal team, which has the wallet and, by default, their keys. */
  readonly team: OrganizationRow;
}

/**
 * Makes a person with a personal team, its wallet and the sign-up credit. The person and their team are one
 * transaction; a crash before the credit is made good at the next start, or when the same address is tried again.
 */
export async function createUser(ports: IdentityPorts, request: NewUser): Promise<UserWithTeam | Refusal> {
  const email = readEmail(request.email);
  if (email === undefined) return refuse('bad-email', { email: request.email });
  const name = readDisplayName(request.name ?? email.slice(0, email.indexOf('@')));
  if (name === undefined) return refuse('bad-name');

  const id = request.role === 'owner' ? await claimOwnerId(ports) : ports.random.uuid();
  if (id === undefined) return refuse('owner-exists');
  const amountTicks = await signUpCredit(ports.settings);

  const createdAtMs = ports.clock.nowMs();
  const user: UserRow = { id, email, name, role: request.role, banned: false, createdAtMs };
  const team: OrganizationRow = {
    id: ports.random.uuid(),
    name,
    slug: personalSlug(id),
    personal: true,
    blocked: false,
    createdAtMs,
  };
  const outcome = await insertUser(ports, user, team);
  if (outcome === 'owner-exists') return refuse('owner-exists');
  if (outcome === 'exists') {
    const existing = await ports.accounts.findUser(email);
    if (existing !== undefined) await completeSignUp(ports, existing);
    return refuse('email-taken', { email });
  }
  // An operator gives it to whom they like; whoever signs up with the same mailbox has had it then.
  if (amountTicks > 0n) await ports.signUps.noteFreeCredit(mailboxOf(email), user.id);
  await giveSignUpCredit(ports, user.id, team.id, amountTicks);
  return { user, team };
}

async function insertUser(
  { accounts, random, changed }: IdentityPorts,
  user: UserRow,
  team: OrganizationRow,
): Promise<'done' | 'exists' | 'owner-exists'> {
  const member = {
    id: random.uuid(),
    organizationId: team.id,
    userId: user.id,
    role: 'owner',
    createdAtMs: user.createdAtMs,
  } as const;
  try {
    return await accounts.createUser(user, team, member);
  } catch (error) {
    // Two that claimed the owner's id at once: one of them was inserted.
    if (user.role === 'owner' && error instanceof StorageConflict) return 'owner-exists';
    throw error;
  } finally {
    changed({ kind: 'user', id: user.id });
    changed({ kind: 'organization', id: team.id });
  }
}
