import { sql } from 'kysely';
import type { MemberRow } from '../account-store.ts';
import { MOST_SHOWN_OF_A_TEAM, type TeamInvitationOf, type TeamInvitationRow } from '../sign-up-store.ts';
import { insertMember } from './account-inserts.ts';
import { insertInvitation } from './invitation-rows.ts';
import type { SqlEngine } from './sql-engine.ts';

/** A literal: with a parameter in its place, the indexes of these would not be used. */
const TEAM = sql<'team'>`'team'`;

export function inviteToTeam(
  { database, writeTogether }: SqlEngine,
  row: TeamInvitationRow,
  mostOpen: number,
): Promise<'done' | 'full'> {
  const { organizationId } = row.team;
  // The team's row is taken first: of two that invite at once, the second counts what the first has made.
  const take = database
    .updateTable('organization')
    .set((team) => ({ name: team.ref('name') }))
    .where('id', '=', organizationId);
  const waiting = database
    .deleteFrom('sign_up_invitations')
    .where('origin', '=', TEAM)
    .where('organization_id', '=', organizationId)
    .where('used_at_ms', 'is', null);
  const atMs = BigInt(row.createdAtMs);
  const over = waiting.where((is) =>
    is.or([is('email', '=', row.email), is('ended_at_ms', 'is not', null), is('expires_at_ms', '<=', atMs)]),
  );
  const count = database
    .updateTable('sign_up_invitations')
    .set({ hash: row.hash })
    .where('id', '=', row.id)
    .where(
      (of) =>
        of
          .selectFrom('sign_up_invitations')
          .select(({ fn }) => fn.countAll<bigint>().as('open'))
          .where('origin', '=', TEAM)
          .where('organization_id', '=', organizationId)
          .where('used_at_ms', 'is', null),
      '<=',
      BigInt(mostOpen),
    );
  return writeTogether([
    { query: take.compile(), guarded: true },
    { query: over.compile() },
    { query: insertInvitation(database, row).compile() },
    { query: count.compile(), guarded: true },
  ]).then((outcome) => (outcome === 'done' ? 'done' : 'full'));
}

export function openTeamInvitations({ lookups }: SqlEngine, of: TeamInvitationOf, atMs: number) {
  const [column, value] = columnOf(of);
  return lookups
    .selectFrom('sign_up_invitations')
    .selectAll()
    .where('origin', '=', TEAM)
    .where(column, '=', value)
    .where('used_at_ms', 'is', null)
    .where('ended_at_ms', 'is', null)
    .where('expires_at_ms', '>', BigInt(atMs))
    .orderBy('sequence', 'desc')
    .limit(MOST_SHOWN_OF_A_TEAM);
}

export async function endTeamInvitation(
  { database }: SqlEngine,
  id: string,
  of: TeamInvitationOf,
  atMs: number,
): Promise<boolean> {
  const [column, value] = columnOf(of);
  const { numUpdatedRows } = await database
    .updateTable('sign_up_invitations')
    .set({ ended_at_ms: atMs })
    .where('id', '=', id)
    .where('origin', '=', TEAM)
    .where(column, '=', value)
    .where('used_at_ms', 'is', null)
    .where('ended_at_ms', 'is', null)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

export async function joinTeam(
  { database, writeTogether }: SqlEngine,
  invitationId: string,
  email: string,
  member: MemberRow,
): Promise<'done' | 'over'> {
  const use = database
    .updateTable('sign_up_invitations')
    .set({ used_at_ms: member.createdAtMs, used_by: member.userId })
    .where('id', '=', invitationId)
    .where('origin', '=', TEAM)
    .where('email', '=', email)
    .where('organization_id', '=', member.organizationId)
    .where('used_at_ms', 'is', null)
    .where('ended_at_ms', 'is', null)
    .where('expires_at_ms', '>', BigInt(member.createdAtMs));
  const join = insertMember(database, member).onConflict((on) =>
    on.columns(['organizationId', 'userId']).doNothing(),
  );
  const outcome = await writeTogether([{ query: use.compile(), guarded: true }, { query: join.compile() }]);
  return outcome === 'done' ? 'done' : 'over';
}

function columnOf(of: TeamInvitationOf): readonly ['organization_id' | 'email', string] {
  return 'email' in of ? ['email', of.email] : ['organization_id', of.organizationId];
}
