import { expect, test } from 'bun:test';
import { findGuardedTarget, type GuardedTarget } from './guarded-target.ts';

const find = (url: string, ...addresses: string[]) =>
  findGuardedTarget(url, { resolve: async () => addresses, ownAddresses: () => ['9.9.9.9', '2620:fe:0::9'] });

// Spellings that a URL parser turns into the addresses they mean.
test.each([
  ...[
    'http://127.1/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://017700000001/',
    'http://0/',
    'http://127。0。0。1/',
  ],
  ...[
    'http://１２７.0.0.1/',
    'http://%31%32%37.0.0.1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://10.0.0.1:80/',
  ],
  ...[
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[0:0:0:0:0:ffff:7f00:1]/',
    'http://[64:ff9b::7f00:1]/',
  ],
  ...['http://[fd00:ec2::254]/', 'https://192.168.0.1./'],
])('%s is not public', async (url) => {
  expect(await find(url, '8.8.8.8')).toBe('not-public');
});

test.each([
  ['', 'malformed'],
  ['images/a.png', 'malformed'],
  ['http://', 'malformed'],
  ['http://[fe80::1%25eth0]/', 'malformed'],
  ['ftp://example.com/a', 'scheme'],
  ['file:///etc/passwd', 'scheme'],
  ['gopher://example.com/', 'scheme'],
  ['http://user@example.com/', 'credentials'],
  ['http://:secret@example.com/', 'credentials'],
  ['http://example.com:22/', 'port'],
  ['http://example.com:6379/', 'port'],
] as const)('%p is refused as %s', async (url, refusal) => {
  expect(await find(url, '8.8.8.8')).toBe(refusal);
});

test('a URL that is longer than any server reads is refused', async () => {
  expect(await find(`http://example.com/${'a'.repeat(9_000)}`, '8.8.8.8')).toBe('malformed');
});

test('every address of a name must be public', async () => {
  expect(await find('http://example.com/', '8.8.8.8', '10.0.0.1')).toBe('not-public');
  expect(await find('http://example.com/', '2606:4700::1', '::1')).toBe('not-public');
  expect(await find('http://example.com/', '8.8.8.8', 'fe80::1%eth0')).toBe('not-public');
  expect(await find('http://example.com/', ...Array.from({ length: 65 }, () => '8.8.8.8'))).toBe(
    'not-public',
  );
  expect(await find('http://example.com/')).toBe('unresolved');
  const rejecting = { resolve: () => Promise.reject(new Error('ENOTFOUND')) };
  expect(await findGuardedTarget('http://example.com/', rejecting)).toBe('unresolved');
});

test('a public address of this machine itself is refused, in any spelling', async () => {
  expect(await find('http://example.com/', '9.9.9.9')).toBe('not-public');
  expect(await find('http://[2620:fe::9]/')).toBe('not-public');
});

test('a public target keeps its name and tries IPv4 first', async () => {
  const target = (await find(
    'https://Images.Example:8443/a?b#c',
    '2606:4700::1',
    '8.8.8.8',
  )) as GuardedTarget;
  expect(target).toMatchObject({ host: 'images.example', hostIsAddress: false, port: 8443 });
  expect(target.addresses).toEqual(['8.8.8.8', '2606:4700::1']);
  expect(await find('https://[2606:4700::1]/')).toMatchObject({
    host: '2606:4700::1',
    hostIsAddress: true,
    port: 443,
  });
});
