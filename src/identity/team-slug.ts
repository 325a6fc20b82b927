import { PERSONAL_SLUG_PREFIX } from './find-account.ts';

const MAXIMUM_CHARACTERS = 48;

/**
 * True for a slug that a team may choose: lower-case letters, digits and inner hyphens. Teams are found by id or slug,
 * so a slug that looks like an id, or like a personal team's, would let one team pass for another.
 */
export function isTeamSlug(text: string): boolean {
  return (
    text.length <= MAXIMUM_CHARACTERS &&
    /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/.test(text) &&
    !/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text) &&
    !text.startsWith(PERSONAL_SLUG_PREFIX)
  );
}

/** The slugs to try for a team that chose none, the nicest first; the last one is unique. */
export function slugsFor(name: string, teamId: string): readonly string[] {
  const unique = teamId.slice(-8);
  const base = name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAXIMUM_CHARACTERS - unique.length - 1)
    .replace(/^-+|-+$/g, '');
  return [base, `${base}-${unique}`, `team-${unique}`].filter(isTeamSlug);
}
