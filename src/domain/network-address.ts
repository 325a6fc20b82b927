/**
 * IP addresses and networks by their bytes, never by their spelling. An address is its 16-bit groups: two for IPv4,
 * eight for IPv6. An IPv4 address that a dual-stack socket writes as `::ffff:192.0.2.1` is the IPv4 address.
 */
export type NetworkAddress = readonly number[];

export interface Network {
  readonly base: NetworkAddress;
  readonly prefixBits: number;
}

/** `192.0.2.1`, `2001:db8::1` or `::ffff:192.0.2.1`; undefined for anything else, such as a name, a port or a zone. */
export function parseAddress(text: string): NetworkAddress | undefined {
  const v4 = parseIpv4(text);
  if (v4 !== undefined) return [v4 >>> 16, v4 & 0xffff];
  const v6 = parseIpv6(text);
  return v6 !== undefined && isMapped(v6) ? v6.slice(6) : v6;
}

/** As people write it: `192.0.2.1`, `2001:db8::1`. */
export function formatAddress(address: NetworkAddress): string {
  if (address.length === 2) return address.flatMap((group) => [group >> 8, group & 255]).join('.');
  // The platform knows how IPv6 is shortened.
  return new URL(`http://[${address.map((group) => group.toString(16)).join(':')}]`).hostname.slice(1, -1);
}

/**
 * `10.0.0.0/8`, `2001:db8::/32`, or one address. Undefined also where bits are set beyond the prefix: `10.1.2.3/8` may
 * mean one machine or sixteen million.
 */
export function parseNetwork(text: string): Network | undefined {
  const [addressText = '', lengthText, ...rest] = text.split('/');
  if (rest.length > 0 || (lengthText !== undefined && !/^(?:0|[1-9]\d{0,2})$/.test(lengthText))) {
    return undefined;
  }
  const base = parseAddress(addressText);
  if (base === undefined) return undefined;
  // What is written in IPv6 counts its prefix there, a mapped IPv4 address too.
  const writtenBits = addressText.includes(':') ? 128 : 32;
  const ownBits = base.length * 16;
  const prefixBits = Number(lengthText ?? writtenBits) - (writtenBits - ownBits);
  if (prefixBits < 0 || prefixBits > ownBits) return undefined;
  return hasPrefix(maskTo(base, prefixBits), base, ownBits) ? { base, prefixBits } : undefined;
}

/** A network of one family holds no address of the other. */
export function isWithin(address: NetworkAddress, { base, prefixBits }: Network): boolean {
  return address.length === base.length && hasPrefix(address, base, prefixBits);
}

/** Four decimal numbers of at most three digits without leading zeros, as 32 bits. */
export function parseIpv4(text: string): number | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (match === null) return undefined;
  let bits = 0;
  for (const part of match.slice(1)) {
    const byte = Number(part);
    if (byte > 255 || (part.length > 1 && part.startsWith('0'))) return undefined;
    bits = bits * 256 + byte;
  }
  return bits;
}

/** The eight groups of an IPv6 address in any standard spelling; undefined for anything else. */
export function parseIpv6(text: string): number[] | undefined {
  // The longest spelling has 45 characters; nothing longer is worth splitting.
  if (text.length > 45 || !text.includes(':')) return undefined;
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [left, right] = halves.map(parseGroups);
  if (left === undefined) return undefined;
  if (halves.length === 1) return left.length === 8 ? left : undefined;
  // `::` stands for at least one group of zeros.
  if (right === undefined || left.length + right.length > 7) return undefined;
  // An IPv4 tail is only allowed at the very end.
  if (halves[0]?.includes('.')) return undefined;
  return [...left, ...new Array<number>(8 - left.length - right.length).fill(0), ...right];
}

/** Whether two addresses of one family begin with the same bits. */
export function hasPrefix(groups: readonly number[], base: readonly number[], prefixBits: number): boolean {
  for (let bit = 0; bit < prefixBits; bit += 16) {
    const mask = groupMask(prefixBits - bit);
    const group = bit / 16;
    if (((groups[group] ?? 0) & mask) !== ((base[group] ?? 0) & mask)) return false;
  }
  return true;
}

function parseGroups(text: string): number[] | undefined {
  if (text === '') return [];
  const groups: number[] = [];
  const parts = text.split(':');
  for (const [index, part] of parts.entries()) {
    if (index === parts.length - 1 && part.includes('.')) {
      const v4 = parseIpv4(part);
      if (v4 === undefined) return undefined;
      groups.push(v4 >>> 16, v4 & 0xffff);
    } else {
      if (!/^[0-9a-f]{1,4}$/i.test(part)) return undefined;
      groups.push(Number.parseInt(part, 16));
    }
  }
  return groups;
}

function isMapped(groups: readonly number[]): boolean {
  return hasPrefix(groups, [0, 0, 0, 0, 0, 0xffff], 96);
}

function maskTo(groups: readonly number[], prefixBits: number): number[] {
  return groups.map((group, index) => group & groupMask(prefixBits - index * 16));
}

/** The first bits of one group, none or all of them where it lies beyond the prefix or within it. */
function groupMask(bits: number): number {
  return (0xffff << Math.min(16, Math.max(0, 16 - bits))) & 0xffff;
}
