import { InvalidPage } from '../../storage/page.ts';

/**
 * Where lists are in the order of a text, their cursor is that text: base64url, so that it stays whole in an address and
 * nobody builds on what is in it.
 */
export function sealCursor(cursor: string | undefined): string | null {
  return cursor === undefined ? null : Buffer.from(cursor, 'utf8').toString('base64url');
}

export function openCursor<Query extends { readonly limit: number; readonly cursor?: string | undefined }>(
  query: Query,
): { readonly limit: number; readonly cursor: string | undefined } {
  const { limit, cursor } = query;
  if (cursor === undefined) return { limit, cursor };
  const opened = Buffer.from(cursor, 'base64url').toString('utf8');
  if (opened === '' || sealCursor(opened) !== cursor) throw new InvalidPage('the cursor is not one of ours');
  return { limit, cursor: opened };
}
