import type { PresentedKey } from '../gateway/gateway.ts';
import type { RouteContext } from './route.ts';

/** Headers longer than this hold no key. */
const MAXIMUM_CHARACTERS = 1_024;

/**
 * The key's text from `Authorization: Bearer` or, as Anthropic's SDK sends it, from `x-api-key`. Never from the
 * query, where it would end up in logs.
 */
export function readCredential(headers: Headers): string | undefined {
  const authorization = headers.get('authorization');
  if (authorization !== null && authorization.length <= MAXIMUM_CHARACTERS) {
    const bearer = /^\s*bearer +(\S+)\s*$/i.exec(authorization)?.[1];
    if (bearer !== undefined) return bearer;
  }
  const apiKey = headers.get('x-api-key');
  return apiKey === null || apiKey.length > MAXIMUM_CHARACTERS ? undefined : apiKey.trim();
}

/** The key of a request and where it was sent from. */
export function readPresentedKey(request: Request, { clientAddress }: RouteContext): PresentedKey {
  return { credential: readCredential(request.headers), clientAddress, keyHash: undefined };
}
