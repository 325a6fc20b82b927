import { expect, test } from 'bun:test';
import { restWays } from './rest-ways.ts';

const passkey = (id: string, host = 'llm.example.com') => ({
  ...{ id, host, name: id, isBackedUp: false, createdAtMs: 0, lastUsedAtMs: null },
});
const of = (hosts: readonly string[], otherWayIn: 'password' | 'mail' | null) => {
  const passkeys = hosts.map((host, at) => passkey(String(at), host));
  return restWays(
    { passkeys, passkeyOrigin: 'https://llm.example.com:8443', otherWayIn },
    passkeys[0] ?? passkey('?'),
  );
};

test('it is said what is left, and that nothing is', () => {
  expect(of(['llm.example.com'], 'password')).toBe('password');
  expect(of(['llm.example.com'], 'mail')).toBe('mail');
  expect(of(['llm.example.com', 'llm.example.com'], null)).toBe('passkey');
  expect(of(['llm.example.com'], null)).toBe('none');
  // One of another address lets nobody in here.
  expect(of(['llm.example.com', 'old.example.com'], null)).toBe('none');
  expect(of(['old.example.com', 'llm.example.com'], null)).toBe('useless');
});
