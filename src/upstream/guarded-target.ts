import { networkInterfaces } from 'node:os';
import { parseIpv4, parseIpv6 } from '../domain/network-address.ts';
import { judgeAddress } from './address-guard.ts';

/** Ports that web servers listen on. A caller has no business with any other port of a stranger's machine. */
const WEB_PORTS = new Set([80, 443, 8080, 8443]);
/** Longer than the address of any picture, and short enough for every server's request line. */
const MAXIMUM_URL_CHARS = 8_192;
/** A name with more addresses than this is refused instead of checked. */
const MAXIMUM_ADDRESSES = 64;

/** Where a checked connection goes: an address, and the one name that Host and the certificate are held to. */
export interface GuardedTarget {
  readonly url: URL;
  /** The name from the URL, or the address if that is what it holds. */
  readonly host: string;
  readonly hostIsAddress: boolean;
  readonly port: number;
  /** All checked; IPv4 first, because many machines have IPv6 addresses that lead nowhere. Never empty. */
  readonly addresses: readonly string[];
}

export type TargetRefusal = 'malformed' | 'scheme' | 'credentials' | 'port' | 'not-public' | 'unresolved';

/** All addresses of a name, as the connection would find them. Rejects when there is none. */
export type ResolveName = (host: string) => Promise<readonly string[]>;

/** For tests alone: lets an address through that is not public, such as a test server on loopback. */
export type AllowAddress = (address: string, port: number) => boolean;

export interface TargetRules {
  readonly resolve: ResolveName;
  readonly allowAddress?: AllowAddress | undefined;
  /** The addresses of this machine; read from the system unless a test says otherwise. */
  readonly ownAddresses?: () => readonly string[];
}

/**
 * Checks where a caller's URL leads. Every address of the name must be public: a name with one public and one
 * private address is refused, because which of them is taken would be the name server's choice.
 */
export async function findGuardedTarget(
  text: string,
  { resolve, allowAddress = () => false, ownAddresses = readOwnAddresses }: TargetRules,
): Promise<GuardedTarget | TargetRefusal> {
  const url = text.length <= MAXIMUM_URL_CHARS ? URL.parse(text) : null;
  if (url === null) return 'malformed';
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return 'scheme';
  if (url.username !== '' || url.password !== '') return 'credentials';

  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
  const hostIsAddress = parseIpv4(host) !== undefined || parseIpv6(host) !== undefined;
  let addresses: readonly string[];
  try {
    addresses = hostIsAddress ? [host] : await resolve(host);
  } catch {
    return 'unresolved';
  }
  if (addresses.length === 0) return 'unresolved';
  if (addresses.length > MAXIMUM_ADDRESSES) return 'not-public';

  const own = new Set(ownAddresses().map(canonical));
  for (const address of addresses) {
    if (allowAddress(address, port)) continue;
    if (judgeAddress(address) !== 'public' || own.has(canonical(address))) return 'not-public';
    if (!WEB_PORTS.has(port)) return 'port';
  }
  const isIpv6 = (address: string) => address.includes(':');
  const sorted = [...addresses].sort((one, other) => Number(isIpv6(one)) - Number(isIpv6(other)));
  return { url, host, hostIsAddress, port, addresses: sorted };
}

/**
 * A public address of this machine leads to services that a firewall shields from everybody else. Read every
 * time, because interfaces come and go.
 */
function readOwnAddresses(): readonly string[] {
  return Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map(({ address }) => address));
}

/** One spelling for every address, because one of IPv6 has many. */
function canonical(address: string): string {
  return parseIpv6(address)?.join(':') ?? address;
}
