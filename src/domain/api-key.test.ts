import { expect, test } from 'bun:test';
import { API_KEY_RANDOM_BYTES, isApiKey, makeApiKey, maskForeignKey, redactApiKey } from './api-key.ts';

test('a key is xai- and 80 characters, and is told as one', () => {
  for (const fill of [0, 61, 62, 123, 247]) {
    const key = makeApiKey(new Uint8Array(API_KEY_RANDOM_BYTES).fill(fill));
    expect(key).toMatch(/^xai-[0-9A-Za-z]{80}$/);
    expect(isApiKey(key)).toBe(true);
  }
});

test('every character is equally likely: of 256 byte values each makes four, and eight are thrown away', () => {
  const counts = new Map<string, number>();
  for (let byte = 0; byte < 256; byte += 1) {
    // The byte under test comes first; zeros fill the rest of the key.
    const bytes = new Uint8Array(API_KEY_RANDOM_BYTES);
    bytes[0] = byte;
    bytes[1] = 1;
    const first = makeApiKey(bytes).slice(4, 6);
    const character = first.endsWith('1') ? first.charAt(0) : 'thrown away';
    counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  expect(counts.get('thrown away')).toBe(8);
  counts.delete('thrown away');
  expect(counts.size).toBe(62);
  expect(new Set(counts.values())).toEqual(new Set([4]));
});

test('too little chance makes no key', () => {
  expect(() => makeApiKey(new Uint8Array(API_KEY_RANDOM_BYTES).fill(255))).toThrow(RangeError);
  expect(() => makeApiKey(new Uint8Array(79))).toThrow(RangeError);
  expect(isApiKey(makeApiKey(new Uint8Array(80)))).toBe(true);
});

test.each([
  '',
  'xai-',
  `xai-${'a'.repeat(79)}`,
  `xai-${'a'.repeat(81)}`,
  `XAI-${'a'.repeat(80)}`,
  `sk-${'a'.repeat(81)}`,
  ` xai-${'a'.repeat(80)}`,
  `xai-${'a'.repeat(80)}\n`,
  `xai-${'a'.repeat(79)}-`,
  `xai-${'ä'.repeat(80)}`,
])('%j is no key', (text) => {
  expect(isApiKey(text)).toBe(false);
});

test('a shown key gives nothing away that opens anything', () => {
  const key = makeApiKey(crypto.getRandomValues(new Uint8Array(API_KEY_RANDOM_BYTES)));
  expect(redactApiKey(key)).toBe(`xai-...${key.slice(-4)}`);
  expect(maskForeignKey(key)).toBe(`xa***${key.slice(-2)}`);
  expect(maskForeignKey('invalid-key')).toBe('in***ey');
  for (const short of ['', 'a', 'abcdefg']) expect(maskForeignKey(short)).toBe('***');
});
