import type { NetworkAddress } from '../domain/network-address.ts';

/** An address as its groups, empty when it is not known. */
export function addressText(address: NetworkAddress | undefined): string {
  return address === undefined ? '' : address.map((group) => group.toString(16)).join(':');
}

/** Whoever has an IPv6 address has a whole network of them, so those count as one. */
export function networkOf(address: NetworkAddress | undefined): string {
  const isMappedIpv4 = address?.slice(0, 5).every((group) => group === 0) === true;
  return addressText(isMappedIpv4 ? address : address?.slice(0, 4));
}
