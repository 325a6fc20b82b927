import { type AddressFault, type Refusal, refuse } from '../domain/refusal.ts';

/** What people paste after the base: the routes of the API. */
const ROUTES = /\/(?:chat\/completions|completions|responses|embeddings|models)$/;

/**
 * The base URL of an OpenAI-compatible server, from whatever a person pastes: with or without scheme, `/v1`,
 * trailing slashes or the whole address of a route. An address without a path gets `/v1`; another path is kept, since
 * providers differ. Refused are other schemes, credentials in the address and query strings.
 */
export function readUpstreamAddress(text: string): string | Refusal {
  const pasted = text.trim();
  // The URL parser drops tabs and turns backslashes; what it would repair silently is not what the person saw.
  if (pasted === '' || pasted.length > 2_000 || /[\s\\\p{Cc}]/u.test(pasted)) return fault('not-an-address');
  const url = URL.parse(withScheme(pasted));
  if (url === null || url.hostname === '') return fault('not-an-address');
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return fault('scheme');
  if (url.username !== '' || url.password !== '') return fault('credentials');
  if (url.search !== '' || url.hash !== '') return fault('query');

  const path = withoutSlashes(url.pathname.replace(/\/{2,}/g, '/'));
  const base = withoutSlashes(path.replace(ROUTES, '')).replace(/(?:\/v1){2,}$/, '/v1');
  return `${url.origin}${base === '' ? '/v1' : base}`;
}

function withoutSlashes(path: string): string {
  return path.replace(/\/+$/, '');
}

/** A host without a scheme is a server on this machine or network, spoken to in the clear, or one on the internet. */
function withScheme(pasted: string): string {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(pasted)) return pasted;
  const host = (/^\[[^\]]*\]|^[^/:?#]*/.exec(pasted)?.[0] ?? '').toLowerCase();
  const isNear =
    /^(?:localhost|127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|\[)/.test(host) ||
    /\.(?:local|internal|localhost)$/.test(host) ||
    !host.includes('.');
  return `${isNear ? 'http' : 'https'}://${pasted}`;
}

function fault(why: AddressFault): Refusal {
  return refuse('bad-address', { why });
}
