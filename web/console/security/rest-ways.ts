import type { OwnPasskey } from '../../../src/http/api/wire/passkeys.ts';
import type { Security } from '../../../src/http/api/wire/security.ts';

/** How somebody signs in when one passkey is gone; `useless`: it was made for another address and is none now. */
export type RestWay = 'password' | 'provider' | 'mail' | 'passkey' | 'useless' | 'none';

export function restWays(
  { passkeys, passkeyOrigin, otherWayIn }: Pick<Security, 'passkeys' | 'passkeyOrigin' | 'otherWayIn'>,
  removed: OwnPasskey,
): RestWay {
  const host = URL.parse(passkeyOrigin ?? '')?.hostname;
  if (removed.host !== host) return 'useless';
  if (otherWayIn !== null) return otherWayIn;
  return passkeys.some(({ id, host: theirs }) => id !== removed.id && theirs === host) ? 'passkey' : 'none';
}
