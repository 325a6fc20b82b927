import { expect, test } from 'bun:test';
import { readCredential } from './read-credential.ts';

const KEY = `xai-${'k'.repeat(80)}`;
const read = (headers: Record<string, string>) => readCredential(new Headers(headers));

test('Authorization: Bearer, however it is written', () => {
  for (const authorization of [`Bearer ${KEY}`, `bearer ${KEY}`, `BEARER   ${KEY} `]) {
    expect(read({ authorization })).toBe(KEY);
  }
});

test("x-api-key, as Anthropic's SDK sends it", () => {
  expect(read({ 'x-api-key': ` ${KEY} ` })).toBe(KEY);
});

test('a Bearer key wins over x-api-key; another scheme does not hide it', () => {
  expect(read({ authorization: 'Bearer one', 'x-api-key': 'two' })).toBe('one');
  expect(read({ authorization: 'Basic dTpw', 'x-api-key': 'two' })).toBe('two');
});

test('nothing that could be taken for two keys', () => {
  const headers = new Headers({ authorization: 'Bearer one' });
  headers.append('authorization', 'Bearer two');
  expect(readCredential(headers)).toBeUndefined();
  expect(read({ authorization: 'Bearer one two' })).toBeUndefined();
});

test('none: no header, an empty one, a bare key, a flood', () => {
  expect(read({})).toBeUndefined();
  for (const authorization of ['', 'Bearer', 'Bearer ', KEY, `Bearer ${'k'.repeat(2_000)}`]) {
    expect(read({ authorization })).toBeUndefined();
  }
  expect(read({ 'x-api-key': 'k'.repeat(2_000) })).toBeUndefined();
});

test('cookies are never looked at', () => {
  expect(read({ cookie: `authorization=Bearer ${KEY}; x-api-key=${KEY}` })).toBeUndefined();
});
