import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import type { Language } from '../../language/choose-language.ts';
import { layOutLetter, lettersIn } from '../../language/letters.ts';
import { hasMail, type LetterOffice } from '../../ports/mailer.ts';
import type { Random } from '../../ports/random.ts';
import type { MemberRow, OrganizationRow, UserRow } from '../../storage/account-store.ts';
import type { InvitationRow } from '../../storage/sign-up-store.ts';
import { findTeam } from '../find-account.ts';
import type { IdentityPorts } from '../identity-ports.ts';
import { readEmail } from '../read-email.ts';
import { isDomainAllowed, readRegistration } from './registration-settings.ts';

export interface InvitationPorts extends Omit<IdentityPorts, 'random' | 'keys' | 'ledger'> {
  readonly random: Random;
  readonly sha256: (text: string) => string;
}

/** How an invitation leaves by letter. */
interface InvitationPost {
  readonly mail: LetterOffice | undefined;
  /** Where people reach the server, whatever a request calls it. */
  readonly ownUrl: () => string;
}

/** 256 bits: whoever has the link gets an account, and maybe a team's credit. */
const TOKEN_BYTES = 32;

const DAY_MS = 86_400_000;
const DEFAULT_LIFE_MS = 7 * DAY_MS;
const LONGEST_DAYS = 90;

/** Somebody is before the form; whoever takes longer asks again. */
const REQUEST_LIFE_MS = 3_600_000;

export interface NewInvitation {
  /** The only address that may use it; whoever has the link when absent. */
  readonly email?: string | undefined;
  /** By id or slug: a team that the person joins besides their own. */
  readonly team?: string | undefined;
  readonly role?: MemberRow['role'] | undefined;
  readonly expiresAtMs?: number | undefined;
  /** The language of a letter that takes the link to the address; none is sent when absent. */
  readonly letter?: Language | undefined;
}

export interface MadeInvitation {
  readonly row: InvitationRow;
  readonly team: OrganizationRow | undefined;
  /** Of the link. This is the only time that anybody sees it. */
  readonly token: string;
  /** What became of the letter, if there was to be one. */
  readonly letter: 'sent' | 'not-sent' | null;
}

/** Makes a link that lets one person make themselves an account, and sends it if asked to. Only its hash is kept. */
export async function makeInvitation(
  ports: InvitationPorts & InvitationPost,
  { team: reference, role, ...asked }: NewInvitation,
): Promise<MadeInvitation | Refusal> {
  const { mode } = await readRegistration(ports.settings);
  if (mode === 'closed') return refuse('registration-closed');
  const email = asked.email === undefined ? null : readEmail(asked.email);
  if (email === undefined) return refuse('bad-email', { email: asked.email ?? '' });
  if (email !== null && (await ports.accounts.findUser(email)) !== undefined)
    return refuse('email-taken', { email });
  if (asked.letter !== undefined && email === null) return refuse('letter-needs-address');
  if (asked.letter !== undefined && !hasMail(ports)) return refuse('letter-needs-mail');
  const team = reference === undefined ? undefined : await findTeam(ports, reference);
  if (isRefusal(team)) return team;
  if (team?.personal) return refuse('personal-team', { team: team.slug });
  const createdAtMs = ports.clock.nowMs();
  const expiresAtMs = asked.expiresAtMs ?? createdAtMs + DEFAULT_LIFE_MS;
  if (expiresAtMs <= createdAtMs) return refuse('moment-past');
  if (expiresAtMs > createdAtMs + LONGEST_DAYS * DAY_MS)
    return refuse('invitation-too-long', { days: LONGEST_DAYS });

  const { token, ...named } = nameLink(ports);
  const row: InvitationRow = {
    ...named,
    ...{ origin: 'operator', email, expiresAtMs, createdAtMs, createdBy: ports.actor },
    team: team === undefined ? null : { organizationId: team.id, role: role ?? 'member' },
    ...{ endedAtMs: null, used: null },
  };
  await ports.signUps.invite(row);
  return { row, team, token, letter: await sendInvitation(ports, row, token, asked.letter) };
}

/** Waits for the mail server: whoever invites hears whether the link has left, or is to be handed on by them. */
async function sendInvitation(
  { mail, ownUrl }: InvitationPost,
  { email, expiresAtMs, createdAtMs }: InvitationRow,
  token: string,
  language: Language | undefined,
): Promise<MadeInvitation['letter']> {
  if (mail === undefined || email === null || language === undefined) return null;
  const days = Math.max(1, Math.round((expiresAtMs - createdAtMs) / DAY_MS));
  const letter = lettersIn(language).invitation(mail.host, invitationLink(ownUrl(), token), days);
  const outcome = await mail.mailer.deliver({ to: email, ...layOutLetter(letter, language) });
  return outcome === 'sent' ? 'sent' : 'not-sent';
}

/** What is sent to an address that somebody wants to sign up with. */
export type RequestedLetter =
  | { readonly kind: 'sign-up'; readonly email: string; readonly token: string; readonly minutes: number }
  /** There is an account with it already. Only the letter says so, and not the page. */
  | { readonly kind: 'known'; readonly email: string };

/** Where registration is open: a link for whoever reads the letters of an address. */
export async function requestInvitation(
  ports: InvitationPorts & { readonly hasMail: boolean },
  typedEmail: string,
): Promise<RequestedLetter | Refusal> {
  const registration = await readRegistration(ports.settings);
  if (registration.mode !== 'open' || !ports.hasMail) return refuse('registration-closed');
  const email = readEmail(typedEmail);
  if (email === undefined) return refuse('bad-email', { email: typedEmail });
  if (!isDomainAllowed(registration, email))
    return refuse('domain-not-allowed', { domains: registration.domains.join(', ') });
  if ((await ports.accounts.findUser(email)) !== undefined) return { kind: 'known', email };
  const createdAtMs = ports.clock.nowMs();
  const { token, ...named } = nameLink(ports);
  await ports.signUps.inviteOnRequest({
    ...named,
    ...{ origin: 'request', email, team: null, expiresAtMs: createdAtMs + REQUEST_LIFE_MS, createdAtMs },
    ...{ createdBy: 'request', endedAtMs: null, used: null },
  });
  return { kind: 'sign-up', email, token, minutes: REQUEST_LIFE_MS / 60_000 };
}

export type InvitationState = 'open' | 'used' | 'ended' | 'expired';

export function invitationState(
  { used, endedAtMs, expiresAtMs }: InvitationRow,
  nowMs: number,
): InvitationState {
  if (used !== null) return 'used';
  if (endedAtMs !== null) return 'ended';
  return expiresAtMs > nowMs ? 'open' : 'expired';
}

/** What an operator sees of an invitation besides its row: what became of it, and who and what it concerns. */
export async function seeInvitation(
  { accounts, clock }: Pick<InvitationPorts, 'accounts' | 'clock'>,
  row: InvitationRow,
): Promise<{
  readonly state: InvitationState;
  readonly team: OrganizationRow | null;
  readonly usedBy: UserRow | null;
}> {
  const [team, usedBy] = await Promise.all([
    row.team && accounts.findOrganization(row.team.organizationId),
    row.used && accounts.findUser(row.used.userId),
  ]);
  return { state: invitationState(row, clock.nowMs()), team: team ?? null, usedBy: usedBy ?? null };
}

/** Where the token's link leads. */
export function invitationLink(baseUrl: string, token: string): string {
  return `${baseUrl}/sign-up#token=${token}`;
}

/** A new link: its token, and the hash that is kept of it. */
export function nameLink({ random, sha256 }: Pick<InvitationPorts, 'random' | 'sha256'>) {
  const token = Buffer.from(random.bytes(TOKEN_BYTES)).toString('base64url');
  return { id: random.uuid(), hash: sha256(token), token };
}
