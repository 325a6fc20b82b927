import { readDisplayName } from '../domain/display-name.ts';
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts';
import { announcing } from '../ports/changes.ts';
import type { OrganizationRow } from '../storage/account-store.ts';
import { findUser } from './find-account.ts';
import type { IdentityPorts } from './identity-ports.ts';
import { isTeamSlug, slugsFor } from './team-slug.ts';

export interface NewTeam {
  readonly name: string;
  /** Made from the name when absent. */
  readonly slug?: string | undefined;
  /** Its first owner, by id or e-mail address. */
  readonly owner: string;
}

/** Makes a team with an empty wallet. There is no sign-up credit in it: that is per person. */
export async function createTeam(ports: IdentityPorts, request: NewTeam): Promise<OrganizationRow | Refusal> {
  const name = readDisplayName(request.name);
  if (name === undefined) return refuse('bad-name');
  if (request.slug !== undefined && !isTeamSlug(request.slug))
    return refuse('bad-slug', { slug: request.slug });
  const owner = await findUser(ports, request.owner);
  if (isRefusal(owner)) return owner;
  if (owner.banned) return refuse('user-is-banned', { user: owner.email });

  const id = ports.random.uuid();
  const createdAtMs = ports.clock.nowMs();
  const slugs = request.slug === undefined ? slugsFor(name, id) : [request.slug];
  for (const slug of slugs) {
    const team: OrganizationRow = { id, name, slug, personal: false, blocked: false, createdAtMs };
    const outcome = await announcing(ports.changed, { kind: 'organization', id }, () =>
      ports.accounts.createOrganization(team, {
        id: ports.random.uuid(),
        organizationId: id,
        userId: owner.id,
        role: 'owner',
        createdAtMs,
      }),
    );
    if (outcome === 'exists') continue;
    await ports.ledger.openWallet(id, createdAtMs);
    return team;
  }
  return refuse('slug-taken', { slug: slugs[0] ?? '' });
}
