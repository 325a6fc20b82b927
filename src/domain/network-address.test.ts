import { expect, test } from 'bun:test';
import fc from 'fast-check';
import {
  formatAddress,
  isWithin,
  parseAddress,
  parseIpv4,
  parseIpv6,
  parseNetwork,
} from './network-address.ts';

const BYTE = fc.integer({ min: 0, max: 255 });
const GROUP = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff }));
const GROUPS = fc.array(GROUP, { minLength: 8, maxLength: 8 });

function within(address: string, network: string): boolean | undefined {
  const [parsedAddress, parsedNetwork] = [parseAddress(address), parseNetwork(network)];
  return parsedAddress && parsedNetwork && isWithin(parsedAddress, parsedNetwork);
}

test('reads every IPv4 and IPv6 address that the URL parser writes', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 0xffff_ffff }),
      (bits) => parseIpv4(new URL(`http://${bits}/`).hostname) === bits,
    ),
  );
  fc.assert(
    fc.property(GROUPS, (groups) => {
      const spelled = groups.map((group) => group.toString(16)).join(':');
      expect(parseIpv6(new URL(`http://[${spelled}]/`).hostname.slice(1, -1))).toEqual(groups);
    }),
  );
});

test('an IPv4 address is the same in every spelling that a socket gives it', () => {
  fc.assert(
    fc.property(fc.ipV4(), (address) => {
      const parsed = parseAddress(address);
      expect(parsed).toHaveLength(2);
      expect(parseAddress(`::ffff:${address}`)).toEqual(parsed);
      expect(parseAddress(`0:0:0:0:0:FFFF:${address}`)).toEqual(parsed);
    }),
  );
});

test('an IPv4 address is within a network exactly when its first bits are the same', () => {
  fc.assert(
    fc.property(
      fc.tuple(BYTE, BYTE, BYTE, BYTE),
      fc.tuple(BYTE, BYTE, BYTE, BYTE),
      fc.integer({ min: 0, max: 32 }),
      (a, b, prefixBits) => {
        const bitsOf = (bytes: readonly number[]) =>
          bytes.map((byte) => byte.toString(2).padStart(8, '0')).join('');
        const prefix = bitsOf(b).slice(0, prefixBits);
        const base = (prefix.padEnd(32, '0').match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2));
        expect(within(a.join('.'), `${base.join('.')}/${prefixBits}`)).toBe(bitsOf(a).startsWith(prefix));
        expect(within(`::ffff:${a.join('.')}`, `::ffff:${base.join('.')}/${prefixBits + 96}`)).toBe(
          bitsOf(a).startsWith(prefix),
        );
      },
    ),
  );
});

test('an IPv6 address is within a network exactly when its first bits are the same', () => {
  fc.assert(
    fc.property(GROUPS, GROUPS, fc.integer({ min: 0, max: 128 }), (a, b, prefixBits) => {
      const bitsOf = (groups: readonly number[]) =>
        groups.map((group) => group.toString(2).padStart(16, '0')).join('');
      const spell = (groups: readonly number[]) => groups.map((group) => group.toString(16)).join(':');
      const prefix = bitsOf(b).slice(0, prefixBits);
      const base = (prefix.padEnd(128, '0').match(/.{16}/g) ?? []).map((group) => Number.parseInt(group, 2));
      const mapped = parseAddress(spell(base))?.length === 2 || parseAddress(spell(a))?.length === 2;
      fc.pre(!mapped);
      expect(within(spell(a), `${spell(base)}/${prefixBits}`)).toBe(bitsOf(a).startsWith(prefix));
      expect(within(spell([...base]), `${spell(base)}/${prefixBits}`)).toBe(true);
    }),
  );
});

test('the whole of IPv6 holds nothing of IPv4, and the other way round', () => {
  expect(within('192.0.2.1', '::/0')).toBe(false);
  expect(within('::ffff:192.0.2.1', '::/0')).toBe(false);
  expect(within('::1', '0.0.0.0/0')).toBe(false);
  expect(within('192.0.2.1', '0.0.0.0/0')).toBe(true);
  expect(within('::1', '::/0')).toBe(true);
});

test('one address is a network of its own', () => {
  expect(within('192.0.2.1', '192.0.2.1')).toBe(true);
  expect(within('192.0.2.2', '192.0.2.1')).toBe(false);
  expect(within('2001:db8::1', '2001:DB8:0::1')).toBe(true);
});

test('what is no network is not guessed at', () => {
  const wrong = ['', '/', '/8', '10.0.0.0/', '10.0.0.0/33', '10.0.0.0/08', '10.0.0.0/-1', '10.0.0.0/8/8'];
  wrong.push('10.1.2.3/8', '10/8', '::/129', '::1/64', '::ffff:10.0.0.0/95', 'fe80::1%eth0/128', 'localhost');
  wrong.push('10.0.0.0/8 ', '[::1]/128', '::ffff:10.0.0.1/104');
  for (const text of wrong) expect([text, parseNetwork(text)]).toEqual([text, undefined]);
});

test('an address is written as people write it, and read back the same', () => {
  for (const text of ['192.0.2.1', '0.0.0.0', '2001:db8::1', '::1', 'fe80::1:0:0:1']) {
    const address = parseAddress(text);
    expect(address && formatAddress(address)).toBe(text);
  }
  expect(formatAddress(parseAddress('::ffff:192.0.2.1') ?? [])).toBe('192.0.2.1');
});
