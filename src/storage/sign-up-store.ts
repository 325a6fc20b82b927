import type { Ticks } from '../domain/money.ts';
import type { MemberRow, OrganizationRow, UserRow } from './account-store.ts';
import type { Page, PageRequest } from './page.ts';

/**
 * A link by which somebody makes themselves an account, once, or what lets somebody into a team. Its token is kept by
 * nobody but who has it.
 */
export interface InvitationRow {
  readonly id: string;
  /** SHA-256 of the link's token, lower-case hexadecimal. */
  readonly hash: string;
  /**
   * `request`: somebody asked for it. `team`: whoever manages a team made it for one address. The link of both went to
   * that address and to nobody else, so whoever opens it has shown that the address is theirs.
   */
  readonly origin: 'operator' | 'request' | 'team';
  /** The only address that may use it, in lower case; null for whoever has the link. */
  readonly email: string | null;
  /** A team that the person joins, besides their own. */
  readonly team: { readonly organizationId: string; readonly role: MemberRow['role'] } | null;
  readonly expiresAtMs: number;
  readonly createdAtMs: number;
  readonly createdBy: string;
  /** Since when it is taken back, or declined. */
  readonly endedAtMs: number | null;
  readonly used: { readonly atMs: number; readonly userId: string } | null;
}

/** An invitation into a team. */
export interface TeamInvitationRow extends InvitationRow {
  readonly origin: 'team';
  readonly email: string;
  readonly team: NonNullable<InvitationRow['team']>;
}

/** Of a team or for an address; nobody has as many by honest means. */
export const MOST_SHOWN_OF_A_TEAM = 50;

/** Whose invitation into a team it must be: that of one team, or for one address. */
export type TeamInvitationOf = { readonly organizationId: string } | { readonly email: string };

/** The free credit that somebody asks for by signing up. */
export interface CreditAsked {
  /** The same for all spellings of one mailbox, as well as one can tell. */
  readonly emailKey: string;
  /** Whose day's free credit it counts to, such as `2026-11-29`. */
  readonly day: string;
  readonly askedTicks: Ticks;
  readonly dailyCapTicks: Ticks;
}

export interface WithheldCredit {
  /** The mailbox had some before, or the day's was given away. */
  readonly reason: 'mailbox' | 'day';
  readonly askedTicks: Ticks;
}

/** Everything that an accepted invitation makes. */
export interface SignUp {
  readonly invitationHash: string;
  readonly user: UserRow;
  /** A letter has shown that the address is theirs. If not, whoever shows it later is taken for its owner. */
  readonly emailVerified: boolean;
  readonly organization: OrganizationRow;
  readonly member: MemberRow;
  /** In the team that the invitation names. */
  readonly joins: MemberRow | undefined;
  readonly account: { readonly id: string; readonly passwordHash: string };
  readonly credit: CreditAsked;
}

export interface SignUpStore {
  invite(row: InvitationRow): Promise<void>;
  /**
   * Keeps an invitation that somebody asked for, in the place of an earlier one for the same address. Those that are
   * over go.
   */
  inviteOnRequest(row: InvitationRow): Promise<void>;
  findInvitation(hash: string): Promise<InvitationRow | undefined>;
  /** What operators made, youngest first. */
  listInvitations(page: PageRequest): Promise<Page<InvitationRow>>;
  /** False for an invitation of an operator that is not there, was used, or was ended before. */
  endInvitation(id: string, atMs: number): Promise<boolean>;
  /**
   * Keeps an invitation into a team in the place of an earlier one for the same address; those of the team that are over
   * go. `full`: so many are open, counted in the same step, and nothing has changed.
   */
  inviteToTeam(row: TeamInvitationRow, mostOpen: number): Promise<'done' | 'full'>;
  /** Those that can be accepted, youngest first, and no more than a page shows. */
  openTeamInvitations(of: TeamInvitationOf, atMs: number): Promise<readonly TeamInvitationRow[]>;
  /** False for one that is not theirs, was used, or was ended before. */
  endTeamInvitation(id: string, of: TeamInvitationOf, atMs: number): Promise<boolean>;
  /**
   * Uses up the invitation of an address and makes the member, in one step; who is one already keeps their role. `over`:
   * it was used, ended, has expired, or is somebody else's.
   */
  joinTeam(invitationId: string, email: string, member: MemberRow): Promise<'done' | 'over'>;
  /**
   * Uses up an invitation and makes the person with their team, membership and password, in one step: of many that come
   * with it at once, one does. `over`: it was used, ended or has expired. `exists`: the address is taken, and the
   * invitation is not used up.
   */
  accept(signUp: SignUp): Promise<'done' | 'over' | 'exists'>;
  /**
   * The free credit of a person who signed up: all that they asked for, or none when the mailbox had it before or the
   * day's is given away. Decided once, in one step, whoever asks at once; undefined for who came another way.
   */
  decideCredit(userId: string): Promise<Ticks | undefined>;
  /** Why somebody who asked for free credit by signing up was given none; undefined for everybody else. */
  withheldCredit(userId: string): Promise<WithheldCredit | undefined>;
  /** Notes that a mailbox had its free credit from an operator. */
  noteFreeCredit(emailKey: string, userId: string): Promise<void>;
  /** What was given away on a day. */
  givenOn(day: string): Promise<Ticks>;
}
