import { expect, test } from 'bun:test';
import fc from 'fast-check';
import { parseAddress, parseNetwork } from '../domain/network-address.ts';
import { findClientAddress } from './client-address.ts';

const PROXIES = ['127.0.0.0/8', '10.0.0.0/8', '::1'].flatMap((text) => parseNetwork(text) ?? []);

function found(peer: string | undefined, forwardedFor: string | null, proxies = PROXIES) {
  return findClientAddress(peer, forwardedFor, proxies);
}

test('without a trusted proxy nobody is believed', () => {
  expect(found('192.0.2.1', '10.0.0.1')).toEqual(parseAddress('192.0.2.1'));
  expect(found('127.0.0.1', '198.51.100.7', [])).toEqual(parseAddress('127.0.0.1'));
  expect(found(undefined, '198.51.100.7')).toBeUndefined();
});

test('a trusted proxy is believed, in either family and in the spelling of a dual-stack socket', () => {
  for (const proxy of ['127.0.0.1', '::ffff:127.0.0.1', '::1']) {
    expect(found(proxy, '198.51.100.7')).toEqual(parseAddress('198.51.100.7'));
    expect(found(proxy, ' 2001:db8::7 ')).toEqual(parseAddress('2001:db8::7'));
    expect(found(proxy, null)).toEqual(parseAddress(proxy));
  }
});

test('the right-most hop that is no trusted proxy is the caller, whatever stands before it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 3_000 }), (forged) => {
      expect(found('127.0.0.1', `${forged}, 198.51.100.7, 10.1.2.3`)).toEqual(parseAddress('198.51.100.7'));
    }),
  );
});

test('where a trusted proxy passes on something that is no address, nobody is the caller', () => {
  for (const hop of ['', 'unknown', '_hidden', '198.51.100.7:80', '[2001:db8::7]', '1.2.3.4.5']) {
    expect(found('127.0.0.1', `198.51.100.7, ${hop}`)).toBeUndefined();
  }
});

test('a row of trusted proxies only: the one furthest away', () => {
  expect(found('127.0.0.1', '10.0.0.2, 10.0.0.1')).toEqual(parseAddress('10.0.0.2'));
});

test('an endless list is read from its end, and no further than proxies stand in a row', () => {
  const endless = `${'198.51.100.7, '.repeat(100_000)}192.0.2.9`;
  expect(found('127.0.0.1', endless)).toEqual(parseAddress('192.0.2.9'));
  expect(found('127.0.0.1', `198.51.100.7, ${'10.0.0.1, '.repeat(40)}10.0.0.1`)).toBeUndefined();
});
