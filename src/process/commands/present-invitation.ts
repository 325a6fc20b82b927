import { seeInvitation } from '../../identity/registration/invitations.ts';
import type { InvitationRow } from '../../storage/sign-up-store.ts';
import type { CommandContext } from './command-context.ts';
import type { JsonObject } from './json-value.ts';

/** An invitation without its hash, with the names of its team and of who used it. */
export async function presentInvitation(
  context: Pick<CommandContext, 'accounts' | 'clock'>,
  row: InvitationRow,
): Promise<JsonObject> {
  const { state, team, usedBy } = await seeInvitation(context, row);
  return {
    id: row.id,
    state,
    email: row.email,
    team: team?.slug ?? null,
    role: row.team?.role ?? null,
    expires_at: new Date(row.expiresAtMs).toISOString(),
    created_at: new Date(row.createdAtMs).toISOString(),
    used_by: usedBy?.email ?? null,
  };
}
