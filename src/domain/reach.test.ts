import { expect, test } from 'bun:test';
import { parseAddress } from './network-address.ts';
import { reachOf } from './reach.ts';

test('an address is on this machine, in the network around it, or elsewhere', () => {
  const reach = (text: string) => reachOf(parseAddress(text) ?? []);
  for (const text of ['127.0.0.1', '127.8.9.1', '::1', '0:0:0:0:0:ffff:7f00:1'])
    expect(reach(text)).toBe('this-machine');
  for (const text of ['10.1.2.3', '192.168.0.7', '172.31.0.1', 'fd00::1', 'fe80::1'])
    expect(reach(text)).toBe('local-network');
  for (const text of ['192.0.2.1', '172.32.0.1', '2001:db8::1', '11.0.0.1'])
    expect(reach(text)).toBe('elsewhere');
});
