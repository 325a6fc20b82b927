import type { ListedChat } from '../../src/http/api/wire/chat.ts';

/** `pinned`, `today`, `yesterday`, `week`, or the first day of a month: the conversations in the order of the list. */
export interface ChatGroup {
  readonly name: 'pinned' | 'today' | 'yesterday' | 'week' | 'month';
  /** Of a month. */
  readonly monthMs: number;
  readonly chats: readonly ListedChat[];
}

const DAY_MS = 24 * 3_600_000;

/** Conversations by when something was last written in them, in the viewer's days; those that are pinned come first. */
export function groupChats(chats: readonly ListedChat[], nowMs: number): readonly ChatGroup[] {
  const groups = new Map<string, { name: ChatGroup['name']; monthMs: number; chats: ListedChat[] }>();
  const pinned = chats.filter(({ pinnedAtMs }) => pinnedAtMs !== null);
  const rest = chats.filter(({ pinnedAtMs }) => pinnedAtMs === null);
  for (const chat of [...pinned, ...rest]) {
    const name = chat.pinnedAtMs === null ? ageOf(chat.activeAtMs, nowMs) : 'pinned';
    const monthMs = name === 'month' ? startOfMonth(chat.activeAtMs) : 0;
    const key = `${name}${monthMs}`;
    const group = groups.get(key) ?? { name, monthMs, chats: [] };
    group.chats.push(chat);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function ageOf(atMs: number, nowMs: number): ChatGroup['name'] {
  const days = Math.round((startOfDay(nowMs) - startOfDay(atMs)) / DAY_MS);
  if (days <= 0) return 'today';
  if (days === 1) return 'yesterday';
  return days <= 7 ? 'week' : 'month';
}

function startOfDay(atMs: number): number {
  return new Date(atMs).setHours(0, 0, 0, 0);
}

function startOfMonth(atMs: number): number {
  const at = new Date(startOfDay(atMs));
  return at.setDate(1);
}
