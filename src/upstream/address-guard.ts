import { hasPrefix, parseIpv4, parseIpv6 } from '../domain/network-address.ts';

/** Whether this server may connect to an address that a caller named, and if not, what kind of address it is. */
export type AddressVerdict = 'public' | RefusedAddress;

export type RefusedAddress =
  | 'malformed'
  | 'unspecified'
  | 'loopback'
  | 'private'
  | 'link-local'
  | 'shared'
  | 'multicast'
  | 'reserved'
  | 'documentation'
  | 'benchmark'
  | 'cloud-internal'
  | 'embeds-ipv4';

/**
 * Judges an address by its bytes, never by its spelling. `text` is an address as a resolver or a parsed URL
 * writes it; whatever is no plain address is `malformed` and thereby refused: octal, hexadecimal or
 * shortened IPv4, zones (`fe80::1%eth0`), ports, brackets, names.
 */
export function judgeAddress(text: string): AddressVerdict {
  const v4 = parseIpv4(text);
  if (v4 !== undefined) return judgeIpv4(v4);
  const v6 = parseIpv6(text);
  return v6 === undefined ? 'malformed' : judgeIpv6(v6);
}

/**
 * IANA's special-purpose registry for IPv4, where it says "not globally reachable", and what lies in public
 * space but is none of the callers' business.
 */
const REFUSED_IPV4: readonly (readonly [cidr: string, kind: RefusedAddress])[] = [
  ['0.0.0.0/8', 'unspecified'],
  ['10.0.0.0/8', 'private'],
  ['100.64.0.0/10', 'shared'],
  ['127.0.0.0/8', 'loopback'],
  // Azure's host answers every virtual machine here, with its secrets.
  ['168.63.129.16/32', 'cloud-internal'],
  // Also the metadata services of the clouds.
  ['169.254.0.0/16', 'link-local'],
  ['172.16.0.0/12', 'private'],
  ['192.0.0.0/24', 'reserved'],
  ['192.0.2.0/24', 'documentation'],
  ['192.31.196.0/24', 'reserved'],
  ['192.52.193.0/24', 'reserved'],
  ['192.88.99.0/24', 'reserved'],
  ['192.168.0.0/16', 'private'],
  ['192.175.48.0/24', 'reserved'],
  ['198.18.0.0/15', 'benchmark'],
  ['198.51.100.0/24', 'documentation'],
  ['203.0.113.0/24', 'documentation'],
  ['224.0.0.0/4', 'multicast'],
  ['240.0.0.0/4', 'reserved'],
];

const IPV4_RANGES = REFUSED_IPV4.map(([cidr, kind]) => {
  const [base = '', length = ''] = cidr.split('/');
  const first = parseIpv4(base) ?? Number.NaN;
  return { first, last: first + 2 ** (32 - Number(length)) - 1, kind };
});

function judgeIpv4(bits: number): AddressVerdict {
  return IPV4_RANGES.find(({ first, last }) => bits >= first && bits <= last)?.kind ?? 'public';
}

/**
 * For IPv6 the rule is the other way round: only 2000::/3 is public, less the ranges below. First the ones
 * that say more than "reserved" of what lies outside.
 */
const NAMED_IPV6: readonly (readonly [cidr: string, kind: RefusedAddress])[] = [
  ['::/128', 'unspecified'],
  ['::1/128', 'loopback'],
  // IPv4 inside IPv6: compatible, mapped, translated, NAT64 (well-known and local), 6to4, Teredo. The public
  // ones among them are refused too: a gateway on the way decides where they lead.
  ['::/96', 'embeds-ipv4'],
  ['::ffff:0:0/96', 'embeds-ipv4'],
  ['::ffff:0:0:0/96', 'embeds-ipv4'],
  ['64:ff9b::/96', 'embeds-ipv4'],
  ['64:ff9b:1::/48', 'embeds-ipv4'],
  ['2002::/16', 'embeds-ipv4'],
  ['2001::/32', 'embeds-ipv4'],
  ['fc00::/7', 'private'],
  ['fe80::/10', 'link-local'],
  ['fec0::/10', 'private'],
  ['ff00::/8', 'multicast'],
  ['2001:2::/48', 'benchmark'],
  ['2001:db8::/32', 'documentation'],
  ['3fff::/20', 'documentation'],
  // IETF protocol assignments (ORCHID, AMT, AS112, …); nobody's images are there.
  ['2001::/23', 'reserved'],
  ['2620:4f:8000::/48', 'reserved'],
  // The 6bone, given back in 2006.
  ['3ffe::/16', 'reserved'],
];

const IPV6_RANGES = NAMED_IPV6.map(([cidr, kind]) => {
  const [base = '', length = ''] = cidr.split('/');
  return { base: parseIpv6(base) ?? [], prefixBits: Number(length), kind };
});

function judgeIpv6(groups: readonly number[]): AddressVerdict {
  for (const { base, prefixBits, kind } of IPV6_RANGES) {
    if (hasPrefix(groups, base, prefixBits)) return kind;
  }
  return hasPrefix(groups, [0x2000], 3) ? 'public' : 'reserved';
}
