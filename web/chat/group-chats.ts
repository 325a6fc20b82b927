import type { ListedChat } from '../../src/http/api/wire/chat.ts';
import { localDay } from '../shell/zone.ts';

/** `pinned`, `today`, `yesterday`, `week`, or the first day of a month: the conversations in the order of the list. */
export interface ChatGroup {
  readonly name: 'pinned' | 'today' | 'yesterday' | 'week' | 'month';
  /** A month's first day, as `2026-11-01`; empty for the others. */
  readonly monthDay: string;
  readonly chats: readonly ListedChat[];
}

const DAY_MS = 24 * 3_600_000;

/** Conversations by when something was last written in them, in the viewer's days; those that are pinned come first. */
export function groupChats(chats: readonly ListedChat[], nowMs: number): readonly ChatGroup[] {
  const groups = new Map<string, { name: ChatGroup['name']; monthDay: string; chats: ListedChat[] }>();
  const pinned = chats.filter(({ pinnedAtMs }) => pinnedAtMs !== null);
  const rest = chats.filter(({ pinnedAtMs }) => pinnedAtMs === null);
  for (const chat of [...pinned, ...rest]) {
    const name = chat.pinnedAtMs === null ? ageOf(chat.activeAtMs, nowMs) : 'pinned';
    const monthDay = name === 'month' ? `${localDay(chat.activeAtMs).slice(0, 7)}-01` : '';
    const key = `${name}${monthDay}`;
    const group = groups.get(key) ?? { name, monthDay, chats: [] };
    group.chats.push(chat);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function ageOf(atMs: number, nowMs: number): ChatGroup['name'] {
  const days = (dayNumber(nowMs) - dayNumber(atMs)) / DAY_MS;
  if (days <= 0) return 'today';
  if (days === 1) return 'yesterday';
  return days <= 7 ? 'week' : 'month';
}

/** Days of the viewer's calendar, counted as those of UTC are: each of them has 24 hours. */
function dayNumber(atMs: number): number {
  return Date.parse(localDay(atMs));
}
