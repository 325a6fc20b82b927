import { InvalidPage } from './page.ts';

/** Where a list of conversations goes on: after this activity, and among those of one moment after this id. */
export interface ChatCursor {
  readonly activeAtMs: number;
  readonly id: string;
}

const MAXIMUM_PAGE_ROWS = 1_000;

export function writeChatCursor({ activeAtMs, id }: ChatCursor): string {
  return `${activeAtMs}.${id}`;
}

/** Undefined on the first page. Throws `InvalidPage` for a limit out of range and for what is no cursor. */
export function readChatCursor(limit: number, cursor: string | undefined): ChatCursor | undefined {
  if (!Number.isInteger(limit) || limit < 1 || limit > MAXIMUM_PAGE_ROWS)
    throw new InvalidPage(`a page has 1 to ${MAXIMUM_PAGE_ROWS} rows`);
  if (cursor === undefined) return undefined;
  const [, activeAtMs, id] = /^(\d{1,15})\.(.{1,128})$/s.exec(cursor) ?? [];
  if (id === undefined) throw new InvalidPage('the cursor is not one of ours');
  return { activeAtMs: Number(activeAtMs), id };
}

/** A text as the search compares it: in one case and one spelling of its characters. */
export function foldText(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
