import { formatAddress, type NetworkAddress } from '../domain/network-address.ts';

/** An address as people write it, empty when it is not known. */
export function addressText(address: NetworkAddress | undefined): string {
  return address === undefined ? '' : formatAddress(address);
}

/** Whoever has an IPv6 address has a whole network of them, so those count as one. */
export function networkOf(address: NetworkAddress | undefined): string {
  return address === undefined ? '' : address.slice(0, 4).join(':');
}

/** An address as people write it: `192.0.2.7`, `2001:db8::7`; null when it is not known. */
export function shownAddress(address: NetworkAddress | undefined): string | null {
  if (address === undefined) return null;
  if (address.length === 2) return address.flatMap((group) => [group >> 8, group & 255]).join('.');
  return new URL(`http://[${addressText(address)}]`).hostname.slice(1, -1);
}
