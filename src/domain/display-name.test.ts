import { expect, test } from 'bun:test';
import { readDisplayName } from './display-name.ts';

test('names of any script are kept, trimmed and normalised', () => {
  expect(readDisplayName('  Zaphod   Beeblebrox ')).toBe('Zaphod Beeblebrox');
  expect(readDisplayName('王小明')).toBe('王小明');
  expect(readDisplayName('e\u0301')).toBe('é');
  expect(readDisplayName('👩‍🚀')).toBe('👩‍🚀');
  expect(readDisplayName(`Robert'); DROP TABLE "user";--`)).toBe(`Robert'); DROP TABLE "user";--`);
  expect(readDisplayName('__proto__')).toBe('__proto__');
});

test('what could write into a terminal, a log or the line beside it is no name', () => {
  const hostile = [
    'a\nb',
    'a\u001b[31m',
    'a\u009b2J',
    '\u202eevil',
    'a\u2066b',
    'a\u2028b',
    '\ud800',
    'a\u0000',
    '\u{e0041}',
  ];
  for (const name of hostile) expect(readDisplayName(name)).toBeUndefined();
});

test('a name has 1 to 100 characters and something to see', () => {
  for (const name of ['', '   ', '\u200d', 'x'.repeat(101), 'x'.repeat(1_000_000)]) {
    expect(readDisplayName(name)).toBeUndefined();
  }
  expect(readDisplayName('😀'.repeat(100))).toBe('😀'.repeat(100));
});
