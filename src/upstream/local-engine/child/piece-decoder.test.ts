import { expect, test } from 'bun:test';
import { PieceDecoder } from './piece-decoder.ts';

/** A vocabulary in which each token is one byte. */
const bytes = {
  detokenize: (tokens: readonly number[]) => new TextDecoder().decode(Uint8Array.from(tokens)),
};
const pieces = (tokens: Iterable<number>) => {
  const decoder = new PieceDecoder(bytes);
  const texts = [...tokens].map((token) => decoder.push(token));
  return [...texts, decoder.end()];
};

test('a character comes when its last byte has come', () => {
  expect(pieces(Buffer.from('aé🌍b'))).toEqual(['a', '', 'é', '', '', '', '🌍', 'b', '']);
});

test('an unfinished character is given up at the end, broken as it is', () => {
  expect(pieces(Buffer.from('é').subarray(0, 1))).toEqual(['', '\uFFFD']);
});

test('bytes that never become a character are not waited for without end', () => {
  const texts = pieces(Array.from({ length: 20 }, () => 0xff));
  expect(texts.join('')).toBe('\uFFFD'.repeat(20));
  expect(texts.findIndex((text) => text !== '')).toBe(7);
});
