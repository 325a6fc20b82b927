import { expect, test } from 'bun:test';
import { loadVocabulary } from './load-vocabulary.ts';
import { findToken, NO_TOKEN, readVocabulary, tokenBytes } from './vocabulary.ts';

test('finds every token by its bytes', () => {
  const vocabulary = loadVocabulary();
  let wrong = 0;
  for (let token = 0; token < vocabulary.tokenCount; token += 1) {
    const bytes = tokenBytes(vocabulary, token);
    if (findToken(vocabulary, bytes, 0, bytes.length) !== token) wrong += 1;
  }
  expect(wrong).toBe(0);
  expect(vocabulary.tokenCount).toBe(199_998);
});

test('finds no token for other bytes', () => {
  const vocabulary = loadVocabulary();
  const bytes = new TextEncoder().encode('qzxwvjqzxwvj');
  expect(findToken(vocabulary, bytes, 0, bytes.length)).toBe(NO_TOKEN);
  expect(findToken(vocabulary, new Uint8Array(4096), 0, 4096)).toBe(NO_TOKEN);
});

test('refuses a file with a gap or without a single byte', () => {
  const lines = Array.from({ length: 256 }, (_, rank) => `${btoa(String.fromCharCode(rank))} ${rank}`);
  const file = (all: string[]) => new TextEncoder().encode(all.join('\n'));
  expect(readVocabulary(file(lines)).tokenCount).toBe(256);
  expect(() => readVocabulary(file(lines.slice(1)))).toThrow('rank 1 where 0');
  expect(() => readVocabulary(file(lines.slice(0, 255)))).toThrow('byte 255');
});
