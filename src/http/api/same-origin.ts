/**
 * Whether a request that changes something came from a page of this server. A browser says so itself, in a header that
 * no page can set; where it does not, the origin must be the host that was asked. A request with neither was not made
 * by a page, and nothing else is let in with a person's cookie.
 */
export function isSameOrigin(headers: Headers, ownOrigins: readonly string[] = []): boolean {
  const site = headers.get('sec-fetch-site');
  if (site !== null && site !== 'same-origin') return false;
  const origin = headers.get('origin');
  if (origin === null) return site === 'same-origin';
  if (ownOrigins.includes(origin)) return true;
  const host = headers.get('host');
  const url = URL.parse(origin);
  return (
    url !== null && host !== null && host !== '' && url.host === URL.parse(`${url.protocol}//${host}`)?.host
  );
}
