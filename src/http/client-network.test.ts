import { expect, test } from 'bun:test';
import { parseAddress } from '../domain/network-address.ts';
import { shownAddress } from './client-network.ts';

test('an address is shown as people write it', () => {
  for (const text of ['192.0.2.7', '2001:db8::7', '::1', '0.0.0.1'])
    expect(shownAddress(parseAddress(text))).toBe(text);
  expect(shownAddress(parseAddress('2001:0db8:0:0:0:0:0:0007'))).toBe('2001:db8::7');
  expect(shownAddress(undefined)).toBeNull();
});
