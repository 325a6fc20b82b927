import { expect, test } from 'bun:test';
import { passkeyPlace } from './passkey-place.ts';

const at = (url: string) => new URL(url) as unknown as Location;
const LOCAL = 'http://localhost:7070';
const PUBLIC = 'https://llm.example.com';

test.each([
  [LOCAL, 'http://localhost:7070', { kind: 'here' }],
  [PUBLIC, 'https://llm.example.com', { kind: 'here' }],
  [LOCAL, 'http://127.0.0.1:7070', { kind: 'elsewhere', origin: LOCAL }],
  [LOCAL, 'http://[::1]:7070', { kind: 'elsewhere', origin: LOCAL }],
  [PUBLIC, 'http://127.0.0.1:7070', { kind: 'elsewhere', origin: PUBLIC }],
  [PUBLIC, 'https://old.example.com', { kind: 'elsewhere', origin: PUBLIC }],
  [LOCAL, 'http://192.168.0.7:7070', { kind: 'nowhere' }],
  [LOCAL, 'https://llm.example.com', { kind: 'nowhere' }],
  [null, 'http://192.168.0.7:7070', { kind: 'nowhere' }],
] as const)('passkeys of %s on a page of %s', (origin, page, place) => {
  expect(passkeyPlace(origin, at(page), true)).toEqual(place);
});

test('a browser without them is told apart from a place without them', () => {
  expect(passkeyPlace(PUBLIC, at(PUBLIC), false)).toEqual({ kind: 'unsupported' });
  expect(passkeyPlace(null, at(LOCAL), false)).toEqual({ kind: 'nowhere' });
});
