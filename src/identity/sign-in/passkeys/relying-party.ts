import { parseAddress } from '../../../domain/network-address.ts';
import { reachOf } from '../../../domain/reach.ts';

/** Whom passkeys are made for: the name that binds them, and the origin of the pages that may ask for them. */
export interface RelyingParty {
  readonly id: string;
  readonly origin: string;
}

/**
 * By the address that people reach this installation at, and never by what a request calls it. Browsers allow passkeys
 * over https at a name, and on `localhost`, so a server that listens on this machine's own address has them there.
 * Undefined where no browser would: plain http, or an address in digits.
 */
export function relyingParty(ownUrl: string): RelyingParty | undefined {
  const url = URL.parse(ownUrl);
  if (url === null) return undefined;
  const address = parseAddress(url.hostname.replace(/^\[|\]$/g, ''));
  if (address !== undefined) {
    if (reachOf(address) !== 'this-machine') return undefined;
    url.hostname = LOCALHOST;
  }
  const isLocal = url.hostname === LOCALHOST || url.hostname.endsWith(`.${LOCALHOST}`);
  return url.protocol === 'https:' || isLocal ? { id: url.hostname, origin: url.origin } : undefined;
}

const LOCALHOST = 'localhost';
