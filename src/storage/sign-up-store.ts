import type { Ticks } from '../domain/money.ts';
import type { MemberRow, OrganizationRow, UserRow } from './account-store.ts';
import type { Page, PageRequest } from './page.ts';

/** A link by which somebody makes themselves an account, once. Its token is kept by nobody but who has it. */
export interface InvitationRow {
  readonly id: string;
  /** SHA-256 of the link's token, lower-case hexadecimal. */
  readonly hash: string;
  /** `request`: somebody asked for it and it went to their address, which whoever opens it has shown to be theirs. */
  readonly origin: 'operator' | 'request';
  /** The only address that may use it, in lower case; null for whoever has the link. */
  readonly email: string | null;
  /** A team that the person joins, besides their own. */
  readonly team: { readonly organizationId: string; readonly role: MemberRow['role'] } | null;
  readonly expiresAtMs: number;
  readonly createdAtMs: number;
  readonly createdBy: string;
  /** Since when an operator has taken it back. */
  readonly endedAtMs: number | null;
  readonly used: { readonly atMs: number; readonly userId: string } | null;
}

/** The free credit that somebody asks for by signing up. */
export interface CreditAsked {
  /** The same for all spellings of one mailbox, as well as one can tell. */
  readonly emailKey: string;
  /** Whose day's free credit it counts to, such as `2026-11-29`. */
  readonly day: string;
  readonly askedTicks: Ticks;
  readonly dailyCapTicks: Ticks;
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
  /** False for an invitation that is not there, was used, or was ended before. */
  endInvitation(id: string, atMs: number): Promise<boolean>;
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
  /** Notes that a mailbox had its free credit from an operator. */
  noteFreeCredit(emailKey: string, userId: string): Promise<void>;
  /** What was given away on a day. */
  givenOn(day: string): Promise<Ticks>;
}
