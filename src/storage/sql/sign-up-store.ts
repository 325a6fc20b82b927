import { type Kysely, sql } from 'kysely';
import type { Ticks } from '../../domain/money.ts';
import type { MemberRow } from '../account-store.ts';
import type { AuthRow } from '../auth-store.ts';
import { makePage, type Page, type PageRequest, readPage } from '../page.ts';
import { passwordRow } from '../set-up-rows.ts';
import type {
  InvitationRow,
  SignUp,
  SignUpStore,
  TeamInvitationOf,
  TeamInvitationRow,
  WithheldCredit,
} from '../sign-up-store.ts';
import { insertMember, insertOrganization, insertUser } from './account-inserts.ts';
import { insertInvitation, presentInvitation } from './invitation-rows.ts';
import type { GroupStatement, SqlEngine } from './sql-engine.ts';
import type { Tables } from './tables.ts';
import { endTeamInvitation, inviteToTeam, joinTeam, openTeamInvitations } from './team-invitations.ts';

export class SqlSignUpStore implements SignUpStore {
  readonly #engine: SqlEngine;

  constructor(engine: SqlEngine) {
    this.#engine = engine;
  }

  async invite(row: InvitationRow): Promise<void> {
    await insertInvitation(this.#engine.database, row).execute();
  }

  async inviteOnRequest(row: InvitationRow): Promise<void> {
    // A literal: with a parameter in its place, the index of open requests would not be used.
    const open = this.#engine.database
      .deleteFrom('sign_up_invitations')
      .where('origin', '=', sql<'request'>`'request'`)
      .where('used_at_ms', 'is', null);
    await this.#engine.writeTogether([
      { query: open.where('email', '=', row.email).compile() },
      { query: open.where('expires_at_ms', '<=', BigInt(row.createdAtMs)).compile() },
      { query: insertInvitation(this.#engine.database, row).compile() },
    ]);
  }

  async findInvitation(hash: string): Promise<InvitationRow | undefined> {
    const row = await this.#engine.lookups
      .selectFrom('sign_up_invitations')
      .selectAll()
      .where('hash', '=', hash)
      .executeTakeFirst();
    return row && presentInvitation(row);
  }

  async listInvitations(page: PageRequest): Promise<Page<InvitationRow>> {
    const { limit, below } = readPage(page);
    const rows = await this.#engine.database
      .selectFrom('sign_up_invitations')
      .selectAll()
      .where('origin', '=', 'operator')
      .$if(below !== undefined, (query) => query.where('sequence', '<', below ?? 0n))
      .orderBy('sequence', 'desc')
      .limit(limit + 1)
      .execute();
    return makePage(rows, limit, ({ sequence }) => sequence, presentInvitation);
  }

  async endInvitation(id: string, atMs: number): Promise<boolean> {
    const { numUpdatedRows } = await this.#engine.database
      .updateTable('sign_up_invitations')
      .set({ ended_at_ms: atMs })
      .where('id', '=', id)
      .where('origin', '=', 'operator')
      .where('ended_at_ms', 'is', null)
      .where('used_at_ms', 'is', null)
      .executeTakeFirstOrThrow();
    return numUpdatedRows > 0n;
  }

  inviteToTeam(row: TeamInvitationRow, mostOpen: number): Promise<'done' | 'full'> {
    return inviteToTeam(this.#engine, row, mostOpen);
  }

  async openTeamInvitations(of: TeamInvitationOf, atMs: number): Promise<readonly TeamInvitationRow[]> {
    const rows = await openTeamInvitations(this.#engine, of, atMs).execute();
    return rows.map((row) => presentInvitation(row) as TeamInvitationRow);
  }

  endTeamInvitation(id: string, of: TeamInvitationOf, atMs: number): Promise<boolean> {
    return endTeamInvitation(this.#engine, id, of, atMs);
  }

  joinTeam(invitationId: string, email: string, member: MemberRow): Promise<'done' | 'over'> {
    return joinTeam(this.#engine, invitationId, email, member);
  }

  async accept(signUp: SignUp): Promise<'done' | 'over' | 'exists'> {
    const { invitationHash, user, emailVerified, organization, member, joins, account, credit } = signUp;
    const { database } = this.#engine;
    const atMs = user.createdAtMs;
    // The invitation's row is taken first: whoever else comes with it waits there, and finds it used.
    const use = database
      .updateTable('sign_up_invitations')
      .set({ used_at_ms: atMs, used_by: user.id })
      .where('hash', '=', invitationHash)
      .where('used_at_ms', 'is', null)
      .where('ended_at_ms', 'is', null)
      .where('expires_at_ms', '>', BigInt(atMs));
    const ask = database.insertInto('sign_up_credits').values({
      user_id: user.id,
      email_key: credit.emailKey,
      day: credit.day,
      asked_ticks: credit.askedTicks,
      daily_cap_ticks: credit.dailyCapTicks,
      given_ticks: null,
    });
    const password = authTables(database)
      .insertInto('account')
      .values(passwordRow({ ...account, userId: user.id, atMs }));
    const statements: GroupStatement[] = [
      { query: use.compile(), guarded: true },
      { query: insertUser(database, user, emailVerified ? 'proven' : 'self-made').compile(), guarded: true },
      { query: insertOrganization(database, organization).compile() },
      { query: insertMember(database, member).compile() },
      { query: password.compile() },
      { query: ask.compile() },
    ];
    if (joins !== undefined) statements.push({ query: insertMember(database, joins).compile() });
    if ((await this.#engine.writeTogether(statements)) === 'done') return 'done';
    const invitation = await this.findInvitation(invitationHash);
    const isOpen =
      invitation?.used === null && invitation.endedAtMs === null && invitation.expiresAtMs > atMs;
    return isOpen ? 'exists' : 'over';
  }

  async decideCredit(userId: string): Promise<Ticks | undefined> {
    const asked = await this.#creditOf(userId);
    if (asked === undefined || asked.given_ticks !== null) return asked?.given_ticks ?? undefined;
    const { email_key, day, asked_ticks, daily_cap_ticks } = asked;
    const { database } = this.#engine;
    const decide = (ticks: Ticks) =>
      database
        .updateTable('sign_up_credits')
        .set({ given_ticks: ticks })
        .where('user_id', '=', userId)
        .where('given_ticks', 'is', null);
    const remember = database
      .insertInto('free_credit_mailboxes')
      .values({ email_key, user_id: userId })
      .onConflict((on) => on.column('email_key').doNothing());
    const beginDay = database
      .insertInto('free_credit_days')
      .values({ day, given_ticks: 0 })
      .onConflict((on) => on.column('day').doNothing());
    const count = database
      .updateTable('free_credit_days')
      .set((row) => ({ given_ticks: row('given_ticks', '+', asked_ticks) }))
      .where('day', '=', day)
      .where('given_ticks', '<=', daily_cap_ticks - asked_ticks);
    await this.#engine.writeTogether([
      { query: decide(asked_ticks).compile(), guarded: true },
      { query: remember.compile(), guarded: true },
      { query: beginDay.compile() },
      { query: count.compile(), guarded: true },
    ]);
    // Whoever could not have it has none, and that stays so; what was decided a moment ago is not touched.
    await decide(0n).execute();
    return (await this.#creditOf(userId))?.given_ticks ?? undefined;
  }

  async withheldCredit(userId: string): Promise<WithheldCredit | undefined> {
    const row = await this.#engine.lookups
      .selectFrom('sign_up_credits as credit')
      .leftJoin('free_credit_mailboxes as mailbox', 'mailbox.email_key', 'credit.email_key')
      .select(['credit.asked_ticks', 'mailbox.user_id as had_by'])
      .where('credit.user_id', '=', userId)
      .where('credit.given_ticks', '=', 0n)
      .where('credit.asked_ticks', '>', 0n)
      .executeTakeFirst();
    return row && { reason: row.had_by === null ? 'day' : 'mailbox', askedTicks: row.asked_ticks };
  }

  async noteFreeCredit(emailKey: string, userId: string): Promise<void> {
    await this.#engine.database
      .insertInto('free_credit_mailboxes')
      .values({ email_key: emailKey, user_id: userId })
      .onConflict((on) => on.column('email_key').doNothing())
      .execute();
  }

  async givenOn(day: string): Promise<Ticks> {
    const row = await this.#engine.lookups
      .selectFrom('free_credit_days')
      .select('given_ticks')
      .where('day', '=', day)
      .executeTakeFirst();
    return row?.given_ticks ?? 0n;
  }

  #creditOf(userId: string) {
    return this.#engine.database
      .selectFrom('sign_up_credits')
      .selectAll()
      .where('user_id', '=', userId)
      .executeTakeFirst();
  }
}

/** better-auth's own tables beside ours, in one group of statements. */
function authTables(database: Kysely<Tables>): Kysely<{ account: AuthRow }> {
  return database as unknown as Kysely<{ account: AuthRow }>;
}
