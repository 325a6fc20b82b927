import { expect, test } from 'bun:test';
import { changePercent } from './change-percent.ts';

test('says by how much, with a sign', () => {
  expect(changePercent('1000', '1255')).toBe('+25.5 %');
  expect(changePercent('1000', '970')).toBe('−3.0 %');
  expect(changePercent('1000', '1000')).toBe('0.0 %');
  expect(changePercent('1000', '3000')).toBe('+200.0 %');
});

test('says nothing where nothing was charged', () => {
  expect(changePercent('0', '5')).toBe('');
});
