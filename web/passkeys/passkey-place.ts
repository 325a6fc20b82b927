/** Whether passkeys can be used on the page that is open, and if not, why. */
export type PasskeyPlace =
  | { readonly kind: 'here' }
  /** They belong to another address of this server, which can be opened from here. */
  | { readonly kind: 'elsewhere'; readonly origin: string }
  /** Browsers allow none at this address. */
  | { readonly kind: 'nowhere' }
  /** This browser knows nothing of them. */
  | { readonly kind: 'unsupported' };

/** `origin` is of the pages that passkeys of this server belong to, null where there can be none. */
export function passkeyPlace(
  origin: string | null,
  page: Pick<Location, 'origin' | 'hostname'>,
  isSupported: boolean,
): PasskeyPlace {
  if (origin === null) return { kind: 'nowhere' };
  if (origin === page.origin) return { kind: isSupported ? 'here' : 'unsupported' };
  // Whoever is not at this machine would find their own under that name.
  const isLocal = /^https?:\/\/(?:[^/]+\.)?localhost(?::|$)/.test(origin);
  return isLocal && !LOOPBACK.test(page.hostname) ? { kind: 'nowhere' } : { kind: 'elsewhere', origin };
}

const LOOPBACK = /^(?:(?:.+\.)?localhost|127(?:\.\d+){3}|\[::1\])$/;

/** The place of the page that is open. */
export function passkeysHere(origin: string | null): PasskeyPlace {
  return passkeyPlace(origin, location, 'PublicKeyCredential' in globalThis);
}
