/**
 * Key-authorised routes are open to pages of any origin: what authorises is the key in a header, which no
 * browser adds by itself. There are no cookies here.
 */
export const CORS_HEADERS: Readonly<Record<string, string>> = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': '*',
  vary: 'origin, access-control-request-method, access-control-request-headers',
};

/** `*` does not stand for `authorization`, so the headers that were asked for are named back. */
export function preflight(request: Request): Response {
  const asked = request.headers.get('access-control-request-headers') ?? '';
  const isSane = asked.length <= 2_048 && /^[\w\-, ]*$/.test(asked);
  return new Response(null, {
    status: 204,
    headers: {
      ...CORS_HEADERS,
      'access-control-allow-methods': 'GET, POST, OPTIONS',
      'access-control-allow-headers':
        isSane && asked !== '' ? asked : 'authorization, content-type, x-api-key',
      'access-control-max-age': '86400',
    },
  });
}
