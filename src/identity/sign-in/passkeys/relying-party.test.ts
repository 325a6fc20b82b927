import { expect, test } from 'bun:test';
import { relyingParty } from './relying-party.ts';

test.each([
  ['https://llm.example.com', 'llm.example.com', 'https://llm.example.com'],
  ['https://llm.example.com:8443', 'llm.example.com', 'https://llm.example.com:8443'],
  ['http://localhost:7070', 'localhost', 'http://localhost:7070'],
  ['http://tp.localhost:7070', 'tp.localhost', 'http://tp.localhost:7070'],
  ['http://127.0.0.1:7070', 'localhost', 'http://localhost:7070'],
  ['http://[::1]:7070', 'localhost', 'http://localhost:7070'],
])('%s has passkeys of %s, from %s', (url, id, origin) => {
  expect(relyingParty(url)).toEqual({ id, origin });
});

test.each([
  'http://llm.example.com',
  'http://192.168.0.7:7070',
  'https://192.168.0.7',
  'https://[2001:db8::7]',
  'http://notlocalhost',
  'not an address',
])('%s has none', (url) => {
  expect(relyingParty(url)).toBeUndefined();
});
