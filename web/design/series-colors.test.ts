import { expect, test } from 'bun:test';
import { claimSlots } from './series-colors.ts';

test('each keeps the colour it had, whatever its place', () => {
  const first = claimSlots(['a', 'b', 'c'], new Map());
  expect([...claimSlots(['c', 'a'], first)].sort()).toEqual([
    ['a', 1],
    ['c', 3],
  ]);
});

test('two that are seen together never share a colour', () => {
  const slots = claimSlots(
    ['a', 'b', 'c'],
    new Map([...(['a', 'b'] as const).map((id) => [id, 2] as const)]),
  );
  expect(new Set(slots.values()).size).toBe(3);
  expect(slots.get('a')).toBe(2);
});
