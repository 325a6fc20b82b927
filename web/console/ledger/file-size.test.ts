import { expect, test } from 'bun:test';
import { fileSize } from './file-size.ts';

test('says a size in the largest unit that it fills', () => {
  expect([0, 999, 1_000, 3_400_000, 52_300_000, 7_000_000_000].map(fileSize)).toEqual([
    '0 B',
    '999 B',
    '1.0 kB',
    '3.4 MB',
    '52 MB',
    '7.0 GB',
  ]);
});
