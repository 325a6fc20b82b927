import { isWithin, type Network, type NetworkAddress, parseAddress } from '../domain/network-address.ts';

/** More proxies than this do not stand in a row; a longer list is somebody's attempt. */
const MAXIMUM_HOPS = 16;
/** Sixteen addresses in their longest spelling, with room. */
const MAXIMUM_CHARACTERS = 1_024;

/**
 * Where a request comes from: the socket's other end, or, where that is a trusted proxy, what it says. Each proxy adds
 * whom it heard at the right of `X-Forwarded-For`, so the list is read from there up to the first address that is no
 * trusted proxy; what stands further left was written by that one and proves nothing. Undefined where a trusted proxy
 * passes on something that is no address, or too long a list.
 */
export function findClientAddress(
  peerText: string | undefined,
  forwardedFor: string | null,
  trustedProxies: readonly Network[],
): NetworkAddress | undefined {
  let address = peerText === undefined ? undefined : parseAddress(peerText);
  if (trustedProxies.length === 0 || forwardedFor === null) return address;
  // One more than may be read, so that a list that is too long, or cut within a hop, is known when its end is reached.
  const hops = forwardedFor
    .slice(-MAXIMUM_CHARACTERS)
    .split(',')
    .slice(-MAXIMUM_HOPS - 1);
  const isCut = forwardedFor.length > MAXIMUM_CHARACTERS || hops.length > MAXIMUM_HOPS;
  if (isCut) hops.shift();
  while (address !== undefined && isTrusted(address, trustedProxies)) {
    const hop = hops.pop();
    if (hop === undefined) return isCut ? undefined : address;
    address = parseAddress(hop.trim());
  }
  return address;
}

function isTrusted(address: NetworkAddress, trustedProxies: readonly Network[]): boolean {
  return trustedProxies.some((network) => isWithin(address, network));
}
