import type { SignedIn } from '../../identity/session.ts';
import type { MemberRow } from '../../storage/account-store.ts';
import type { DirectoryStore } from '../../storage/directory-store.ts';
import { type Problem, problem } from './problem.ts';

type TeamRole = MemberRow['role'];

/** Who may use a route. A plain value, so that the description and the tests of all routes can read it. */
export type Guard =
  /** For the few things that come before there is somebody. */
  | { readonly kind: 'anyone' }
  | { readonly kind: 'signed-in' }
  /** Of the team that `:teamId` names; with no roles, whatever their role. */
  | { readonly kind: 'member'; readonly roles: readonly TeamRole[] }
  | { readonly kind: 'operator' };

export const anyone: Guard = { kind: 'anyone' };

export const signedIn: Guard = { kind: 'signed-in' };

export const operator: Guard = { kind: 'operator' };

export function memberOf(...roles: readonly TeamRole[]): Guard {
  return { kind: 'member', roles };
}

/** Stands for whoever is not signed in, before the guard `anyone`. */
const NOBODY: SignedIn = {
  ...{ userId: '', email: '', name: '', role: 'user', sessionId: '', signedInAtMs: 0 },
};

/** What guards found out about a request. */
export interface Passed {
  readonly signedIn: SignedIn;
  readonly team: { readonly id: string; readonly role: TeamRole } | undefined;
}

/**
 * Asks a route's guards in their order. A team that the person is not in does not exist for them; only a member learns
 * that a role is missing. The operator's pages do not exist for anybody else.
 */
export async function pass(
  guards: readonly Guard[],
  person: SignedIn | undefined,
  teamId: string | undefined,
  directory: Pick<DirectoryStore, 'findMember'>,
): Promise<Passed | Problem> {
  if (guards.some(({ kind }) => kind === 'anyone')) return { signedIn: person ?? NOBODY, team: undefined };
  if (person === undefined) return problem('not-signed-in');
  let team: Passed['team'];
  for (const guard of guards) {
    if (guard.kind === 'operator' && person.role === 'user') return problem('not-found');
    if (guard.kind !== 'member') continue;
    const member = await directory.findMember(teamId ?? '', person.userId);
    if (member === undefined) return problem('not-found');
    if (guard.roles.length > 0 && !guard.roles.includes(member.role)) return problem('not-allowed');
    team = { id: member.organizationId, role: member.role };
  }
  return { signedIn: person, team };
}
