import { expect, test } from 'bun:test';
import type { ListedChat } from '../../src/http/api/wire/chat.ts';
import { groupChats } from './group-chats.ts';

const NOW = new Date(2026, 10, 29, 9, 0).getTime();
const chat = (id: string, at: Date, pinnedAtMs: number | null = null): ListedChat => ({
  isAnswering: false,
  ...{ id, teamId: 't', title: id, model: 'm', leafId: 'l', pinnedAtMs, trashedAtMs: null },
  ...{ systemText: '', temperature: null },
  ...{ createdAtMs: at.getTime(), activeAtMs: at.getTime() },
});

test('days are those of the calendar, and months are told apart by their year', () => {
  const groups = groupChats(
    [
      chat('now', new Date(2026, 10, 29, 0, 1)),
      chat('late', new Date(2026, 10, 28, 23, 59)),
      chat('monday', new Date(2026, 10, 23)),
      chat('november', new Date(2026, 10, 3)),
      chat('year', new Date(2025, 10, 3)),
    ],
    NOW,
  );
  expect(groups.map(({ name, chats }) => [name, chats.map(({ id }) => id)])).toEqual([
    ['today', ['now']],
    ['yesterday', ['late']],
    ['week', ['monday']],
    ['month', ['november']],
    ['month', ['year']],
  ]);
});

test('what is pinned comes first, whenever it was', () => {
  const groups = groupChats([chat('a', new Date(NOW)), chat('b', new Date(2026, 0, 1), NOW)], NOW);
  expect(groups.map(({ name }) => name)).toEqual(['pinned', 'today']);
});

test('what another clock says is later is today', () => {
  expect(groupChats([chat('a', new Date(NOW + 3 * 86_400_000))], NOW)[0]?.name).toBe('today');
});
