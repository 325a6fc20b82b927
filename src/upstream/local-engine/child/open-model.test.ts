import { expect, test } from 'bun:test';
import { pickOneCall, threadCount } from './open-model.ts';

test('one core is left to the gateway where there is more than one', () => {
  expect([1, 2, 4, 64].map(threadCount)).toEqual([1, 1, 3, 8]);
});

test('a step serves the call that waited longest, and no other', () => {
  const first = { tokens: [1, 2, 3] };
  const second = { tokens: [4] };
  expect(pickOneCall({ items: [first, second], size: 64 })).toEqual([{ item: first, processAmount: 3 }]);
  expect(pickOneCall({ items: [first], size: 2 })).toEqual([{ item: first, processAmount: 2 }]);
  expect(pickOneCall({ items: [], size: 64 })).toEqual([]);
});
