import { expect, test } from 'bun:test';
import fc from 'fast-check';
import { readText, storedText } from './text-values.ts';

const awkward = fc
  .array(fc.constantFrom('\0', '\u{10FFFD}', '0', 'a', '余', '\u{1F600}'))
  .map((all) => all.join(''));

test('every text comes back as it went in, and nothing that is stored has a NUL', () => {
  fc.assert(
    fc.property(fc.oneof(awkward, fc.string({ unit: 'binary' })), (text) => {
      expect(readText(storedText(text))).toBe(text);
      expect(storedText(text)).not.toContain('\0');
    }),
  );
});

test('different texts are stored differently', () => {
  fc.assert(
    fc.property(awkward, awkward, (a, b) => {
      expect(storedText(a) === storedText(b)).toBe(a === b);
    }),
  );
});
