import type { Kysely, Selectable } from 'kysely';
import type { MemberRow } from '../account-store.ts';
import type { InvitationRow } from '../sign-up-store.ts';
import type { Tables } from './tables.ts';

export function insertInvitation(database: Kysely<Tables>, row: InvitationRow) {
  return database.insertInto('sign_up_invitations').values({
    id: row.id,
    hash: row.hash,
    origin: row.origin,
    email: row.email,
    organization_id: row.team?.organizationId ?? null,
    team_role: row.team?.role ?? null,
    expires_at_ms: row.expiresAtMs,
    created_at_ms: row.createdAtMs,
    created_by: row.createdBy,
    ended_at_ms: row.endedAtMs,
    used_at_ms: row.used?.atMs ?? null,
    used_by: row.used?.userId ?? null,
  });
}

export function presentInvitation(row: Selectable<Tables['sign_up_invitations']>): InvitationRow {
  const { organization_id: organizationId, team_role: role, used_at_ms: usedAtMs, used_by: usedBy } = row;
  return {
    id: row.id,
    hash: row.hash,
    origin: row.origin,
    email: row.email,
    team: organizationId === null ? null : { organizationId, role: role as MemberRow['role'] },
    expiresAtMs: Number(row.expires_at_ms),
    createdAtMs: Number(row.created_at_ms),
    createdBy: row.created_by,
    endedAtMs: row.ended_at_ms === null ? null : Number(row.ended_at_ms),
    used: usedAtMs === null ? null : { atMs: Number(usedAtMs), userId: usedBy ?? '' },
  };
}
