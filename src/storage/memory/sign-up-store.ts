import type { Ticks } from '../../domain/money.ts';
import type { MemberRow } from '../account-store.ts';
import { makePage, type Page, type PageRequest, readPage } from '../page.ts';
import { passwordRow } from '../set-up-rows.ts';
import {
  type CreditAsked,
  type InvitationRow,
  MOST_SHOWN_OF_A_TEAM,
  type SignUp,
  type SignUpStore,
  type TeamInvitationOf,
  type TeamInvitationRow,
  type WithheldCredit,
} from '../sign-up-store.ts';
import type { MemoryAccountStore } from './account-store.ts';
import type { MemoryAuthStore } from './auth-store.ts';

export class MemorySignUpStore implements SignUpStore {
  readonly #accounts: MemoryAccountStore;
  readonly #auth: MemoryAuthStore;
  readonly #invitations = new Map<string, { readonly sequence: bigint; readonly row: InvitationRow }>();
  readonly #credits = new Map<string, CreditAsked & { readonly givenTicks: Ticks | undefined }>();
  readonly #mailboxes = new Map<string, string>();
  readonly #days = new Map<string, Ticks>();
  #sequence = 0n;

  constructor(accounts: MemoryAccountStore, auth: MemoryAuthStore) {
    this.#accounts = accounts;
    this.#auth = auth;
  }

  async invite(row: InvitationRow): Promise<void> {
    this.#sequence += 1n;
    this.#invitations.set(row.id, { sequence: this.#sequence, row });
  }

  async inviteOnRequest(row: InvitationRow): Promise<void> {
    for (const [id, { row: other }] of this.#invitations) {
      if (other.origin !== 'request' || other.used !== null) continue;
      if (other.email === row.email || other.expiresAtMs <= row.createdAtMs) this.#invitations.delete(id);
    }
    await this.invite(row);
  }

  async findInvitation(hash: string): Promise<InvitationRow | undefined> {
    return this.#find(hash);
  }

  async listInvitations(page: PageRequest): Promise<Page<InvitationRow>> {
    const { limit, below } = readPage(page);
    const rows = [...this.#invitations.values()]
      .filter(({ row }) => row.origin === 'operator')
      .filter(({ sequence }) => below === undefined || sequence < below)
      .sort((a, b) => Number(b.sequence - a.sequence));
    return makePage(
      rows.slice(0, limit + 1),
      limit,
      ({ sequence }) => sequence,
      ({ row }) => row,
    );
  }

  async endInvitation(id: string, atMs: number): Promise<boolean> {
    const row = this.#invitations.get(id)?.row;
    if (row?.origin !== 'operator' || row.endedAtMs !== null || row.used !== null) return false;
    this.#change({ ...row, endedAtMs: atMs });
    return true;
  }

  async inviteToTeam(row: TeamInvitationRow, mostOpen: number): Promise<'done' | 'full'> {
    const { organizationId } = row.team;
    const waiting = this.#teamInvitations({ organizationId }).filter(({ used }) => used === null);
    const kept = waiting.filter(
      ({ email, endedAtMs, expiresAtMs }) =>
        email !== row.email && endedAtMs === null && expiresAtMs > row.createdAtMs,
    );
    if (kept.length >= mostOpen) return 'full';
    for (const other of waiting) if (!kept.includes(other)) this.#invitations.delete(other.id);
    await this.invite(row);
    return 'done';
  }

  async openTeamInvitations(of: TeamInvitationOf, atMs: number): Promise<readonly TeamInvitationRow[]> {
    return this.#teamInvitations(of).filter(isOpenAt(atMs)).reverse().slice(0, MOST_SHOWN_OF_A_TEAM);
  }

  async endTeamInvitation(id: string, of: TeamInvitationOf, atMs: number): Promise<boolean> {
    const row = this.#teamInvitations(of).find((one) => one.id === id);
    if (row === undefined || row.endedAtMs !== null || row.used !== null) return false;
    this.#change({ ...row, endedAtMs: atMs });
    return true;
  }

  async joinTeam(invitationId: string, email: string, member: MemberRow): Promise<'done' | 'over'> {
    const row = this.#teamInvitations({ email })
      .filter(isOpenAt(member.createdAtMs))
      .find(({ id, team }) => id === invitationId && team.organizationId === member.organizationId);
    if (row === undefined) return 'over';
    // Nothing is waited for before this, so nobody comes in between.
    this.#change({ ...row, used: { atMs: member.createdAtMs, userId: member.userId } });
    await this.#accounts.addMember(member);
    return 'done';
  }

  async accept(signUp: SignUp): Promise<'done' | 'over' | 'exists'> {
    const { user, organization, member, joins, account, credit } = signUp;
    const atMs = user.createdAtMs;
    const invitation = this.#find(signUp.invitationHash);
    if (invitation === undefined || invitation.used !== null || invitation.endedAtMs !== null) return 'over';
    if (invitation.expiresAtMs <= atMs) return 'over';
    if (this.#accounts.users().some(({ email }) => email === user.email.toLowerCase())) return 'exists';
    // Nothing is waited for before this, so nobody comes in between.
    this.#change({ ...invitation, used: { atMs, userId: user.id } });
    this.#credits.set(user.id, { ...credit, givenTicks: undefined });
    await this.#accounts.createUser(user, organization, member);
    if (joins !== undefined) await this.#accounts.addMember(joins);
    await this.#auth.insert('account', passwordRow({ ...account, userId: user.id, atMs }));
    const match = { all: [{ field: 'id', operator: 'eq', value: user.id } as const], any: [] };
    await this.#auth.update('user', match, signUp.emailVerified ? { emailVerified: 1 } : { selfMade: 1 });
    return 'done';
  }

  async decideCredit(userId: string): Promise<Ticks | undefined> {
    const asked = this.#credits.get(userId);
    if (asked === undefined || asked.givenTicks !== undefined) return asked?.givenTicks;
    const { emailKey, day, askedTicks, dailyCapTicks } = asked;
    const given = this.#days.get(day) ?? 0n;
    const isFree = !this.#mailboxes.has(emailKey) && given <= dailyCapTicks - askedTicks;
    const givenTicks = isFree ? askedTicks : 0n;
    this.#credits.set(userId, { ...asked, givenTicks });
    if (isFree) {
      this.#mailboxes.set(emailKey, userId);
      this.#days.set(day, given + askedTicks);
    }
    return givenTicks;
  }

  async withheldCredit(userId: string): Promise<WithheldCredit | undefined> {
    const asked = this.#credits.get(userId);
    if (asked === undefined || asked.givenTicks !== 0n || asked.askedTicks === 0n) return undefined;
    const reason = this.#mailboxes.has(asked.emailKey) ? 'mailbox' : 'day';
    return { reason, askedTicks: asked.askedTicks };
  }

  async noteFreeCredit(emailKey: string, userId: string): Promise<void> {
    if (!this.#mailboxes.has(emailKey)) this.#mailboxes.set(emailKey, userId);
  }

  async givenOn(day: string): Promise<Ticks> {
    return this.#days.get(day) ?? 0n;
  }

  /** Oldest first. */
  #teamInvitations(of: TeamInvitationOf): TeamInvitationRow[] {
    return [...this.#invitations.values()]
      .sort((a, b) => Number(a.sequence - b.sequence))
      .map(({ row }) => row)
      .filter((row): row is TeamInvitationRow => row.origin === 'team')
      .filter((row) =>
        'email' in of ? row.email === of.email : row.team.organizationId === of.organizationId,
      );
  }

  #find(hash: string): InvitationRow | undefined {
    for (const { row } of this.#invitations.values()) if (row.hash === hash) return row;
    return undefined;
  }

  #change(row: InvitationRow): void {
    const kept = this.#invitations.get(row.id);
    if (kept !== undefined) this.#invitations.set(row.id, { ...kept, row });
  }
}

function isOpenAt(atMs: number): (row: InvitationRow) => boolean {
  return ({ used, endedAtMs, expiresAtMs }) => used === null && endedAtMs === null && expiresAtMs > atMs;
}
