import { expect, test } from 'bun:test';
import fc from 'fast-check';
import { encode as referenceEncode } from 'gpt-tokenizer/encoding/o200k_base';
import { createEncoder } from './encode-text.ts';
import { loadVocabulary } from './load-vocabulary.ts';
import { tokenBytes } from './vocabulary.ts';

const vocabulary = loadVocabulary();
const encoder = createEncoder(vocabulary);
const plainText = { allowedSpecial: new Set<string>(), disallowedSpecial: new Set<string>() };

function encode(text: string): number[] {
  const tokens: number[] = [];
  encoder.encode(text, (token) => tokens.push(token));
  return tokens;
}

/**
 * Pieces that join, split and merge in every way the split rule knows. Without the byte-order mark, which the
 * reference loses (it decodes its vocabulary with one stripped); that has a test of its own.
 */
const awkwardText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...[
          'a',
          'ing',
          ' the',
          ' ',
          '  ',
          '\n',
          '\r\n',
          '\t',
          '1',
          '42',
          '2024',
          '.',
          ',',
          '!!!',
          '/',
          "'s",
          "'LL",
        ],
        ...[
          'é',
          'e\u0301',
          '\u0301',
          'ß',
          'ي',
          'न',
          '한',
          '中',
          '国',
          '。',
          '😀',
          '👨‍👩‍👧',
          '\u00a0',
          '<|endoftext|>',
        ],
      ),
      fc.string({ unit: 'binary', maxLength: 8 }).map((text) => text.replaceAll('\ufeff', '')),
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(''));

test('gives the same tokens as the reference tokeniser', () => {
  fc.assert(
    fc.property(awkwardText, (text) => {
      expect(encode(text)).toEqual(referenceEncode(text, plainText));
    }),
    { numRuns: 400 },
  );
});

test('a byte-order mark has the tokens that the vocabulary gives it', () => {
  expect(encode('a\ufeffb')).toEqual([64, 5574, 65]);
  expect(encode('\ufeff\ufeff')).toEqual([135153]);
});

test('the tokens put together are the text', () => {
  fc.assert(
    fc.property(awkwardText, (text) => {
      const bytes = encode(text).flatMap((token) => [...tokenBytes(vocabulary, token)]);
      expect(Buffer.from(bytes).toString()).toBe(text.toWellFormed());
    }),
    { numRuns: 200 },
  );
});

test('counts what it lists', () => {
  fc.assert(fc.property(awkwardText, (text) => encoder.count(text) === encode(text).length));
});

test('special tokens written out are plain text', () => {
  expect(encoder.count('<|endoftext|>')).toBeGreaterThan(1);
  expect(Math.max(...encode('<|endoftext|><|im_start|>'))).toBeLessThan(vocabulary.tokenCount);
});

test('an unpaired surrogate counts as the replacement character', () => {
  expect(encode('a\ud800b')).toEqual(encode('a\ufffdb'));
});

test('a run without a break is encoded in windows that never cut a character', () => {
  const run = '😀'.repeat(40_001);
  const bytes = encode(`!${run}`).flatMap((token) => [...tokenBytes(vocabulary, token)]);
  expect(Buffer.from(bytes).toString() === `!${run}`).toBe(true);
});
