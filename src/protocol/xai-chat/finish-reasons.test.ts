import { expect, test } from 'bun:test';
import { finishReasonsOf } from './finish-reasons.ts';

test('one reason for each choice that ended; what the upstream made up is "other"', () => {
  const choices = [
    { index: 0, finish_reason: 'stop' },
    { index: 1, finish_reason: null },
    { index: 2, finish_reason: '' },
    { index: 3, finish_reason: 'my secret is 42' },
    'x',
    { index: 4, finish_reason: 'length' },
  ];
  expect(finishReasonsOf({ choices })).toEqual(['stop', 'other', 'length']);
  expect(finishReasonsOf({})).toEqual([]);
  expect(finishReasonsOf({ choices: 'stop' })).toEqual([]);
});
