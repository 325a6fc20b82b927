import { readDisplayName } from '../../domain/display-name.ts';
import type { Ticks } from '../../domain/money.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import type { MemberRow, OrganizationRow, UserRow } from '../../storage/account-store.ts';
import type { InvitationRow } from '../../storage/sign-up-store.ts';
import { personalSlug } from '../find-account.ts';
import type { IdentityPorts } from '../identity-ports.ts';
import { PLACEHOLDER_EMAIL } from '../installation-owner.ts';
import { readEmail } from '../read-email.ts';
import { normalPassword, type Passwords, passwordFault } from '../sign-in/passwords.ts';
import { giveSignUpCredit } from '../sign-up-credit.ts';
import { type InvitationPorts, invitationState } from './invitations.ts';
import { mailboxOf } from './mailbox.ts';
import { isDomainAllowed, mayComeNew, type Registration, readRegistration } from './registration-settings.ts';

export interface AcceptPorts extends InvitationPorts, Pick<IdentityPorts, 'ledger'> {
  readonly passwords: Passwords;
}

/** The invitation of a link that can be used now. */
export async function findOpenInvitation(
  ports: Pick<InvitationPorts, 'signUps' | 'settings' | 'clock' | 'sha256'>,
  token: string,
): Promise<InvitationRow | Refusal> {
  // Whoever closes registration stops the links that are out as well.
  const registration = await readRegistration(ports.settings);
  if (registration.mode === 'closed') return refuse('registration-closed');
  const row = await ports.signUps.findInvitation(ports.sha256(token));
  if (row === undefined || invitationState(row, ports.clock.nowMs()) !== 'open')
    return refuse('invitation-over');
  // Whoever manages a team opens no door that the operator has shut.
  const isLetIn = row.origin !== 'team' || mayComeNew(registration, row.email ?? '');
  return isLetIn ? row : refuse('registration-closed');
}

export interface NewPerson {
  readonly token: string;
  readonly name: string;
  /** Not needed where the invitation is for one address. */
  readonly email?: string | undefined;
  readonly password: string;
}

export interface AcceptedInvitation {
  readonly user: UserRow;
  readonly creditTicks: Ticks;
}

/**
 * Makes the person of an invitation with a team of their own, the membership that it promised, and as much of the free
 * credit as they can have. Of many that come with one invitation at once, one does. A crash before the credit is made
 * good at the next start.
 */
export async function acceptInvitation(
  ports: AcceptPorts,
  { token, ...asked }: NewPerson,
): Promise<AcceptedInvitation | Refusal> {
  const invitation = await findOpenInvitation(ports, token);
  if (isRefusal(invitation)) return invitation;
  const registration = await readRegistration(ports.settings);
  const email = readInvitedEmail(invitation, registration, asked.email ?? '');
  if (isRefusal(email)) return email;
  const name = readDisplayName(asked.name);
  if (name === undefined) return refuse('bad-name');
  const fault = passwordFault(asked.password);
  if (fault !== undefined) return refuse('weak-password', { fault });

  const person = describePerson(ports, email, name);
  const { user, organization } = person;
  const outcome = await ports.signUps.accept({
    ...person,
    invitationHash: invitation.hash,
    emailVerified: invitation.origin !== 'operator',
    joins: invitation.team
      ? { id: ports.random.uuid(), userId: user.id, createdAtMs: user.createdAtMs, ...invitation.team }
      : undefined,
    account: {
      id: ports.random.uuid(),
      passwordHash: await ports.passwords.hash(normalPassword(asked.password)),
    },
    credit: {
      emailKey: mailboxOf(email),
      day: dayOf(user.createdAtMs),
      askedTicks: registration.signUpCreditTicks,
      dailyCapTicks: registration.dailyFreeCreditTicks,
    },
  });
  if (outcome === 'exists') return refuse('email-taken', { email });
  if (outcome === 'over') return refuse('invitation-over');
  ports.changed({ kind: 'user', id: user.id });
  ports.changed({ kind: 'organization', id: organization.id });
  const creditTicks = (await ports.signUps.decideCredit(user.id)) ?? 0n;
  await giveSignUpCredit(ports, user.id, organization.id, creditTicks);
  return { user, creditTicks };
}

/** The day that something of this moment counts to; days are those of UTC. */
export function dayOf(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 10);
}

/** An invitation for one address is for no other; one that an operator made for whoever comes keeps to the domains. */
function readInvitedEmail(
  invitation: InvitationRow,
  registration: Registration,
  typed: string,
): string | Refusal {
  if (invitation.email !== null) return invitation.email;
  const email = readEmail(typed);
  if (email === undefined || email === PLACEHOLDER_EMAIL) return refuse('bad-email', { email: typed });
  if (!isDomainAllowed(registration, email))
    return refuse('domain-not-allowed', { domains: registration.domains.join(', ') });
  return email;
}

function describePerson(
  { random, clock }: Pick<AcceptPorts, 'random' | 'clock'>,
  email: string,
  name: string,
): { readonly user: UserRow; readonly organization: OrganizationRow; readonly member: MemberRow } {
  const createdAtMs = clock.nowMs();
  const user: UserRow = { id: random.uuid(), email, name, role: 'user', banned: false, createdAtMs };
  const organization: OrganizationRow = {
    ...{ id: random.uuid(), name, slug: personalSlug(user.id), personal: true, blocked: false, createdAtMs },
  };
  const membership = {
    organizationId: organization.id,
    userId: user.id,
    role: 'owner',
    createdAtMs,
  } as const;
  return { user, organization, member: { id: random.uuid(), ...membership } };
}
