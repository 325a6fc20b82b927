import type { Route } from './route.ts';
import type { Subtree } from './server.ts';

/** A built file of the browser's pages, and the same compressed where that makes it smaller. */
export interface PageFile {
  readonly contentType: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly gzip: Uint8Array<ArrayBuffer> | undefined;
}

/** The built files by their path, such as `/index.html`; empty where the pages are not built. */
export type PageFiles = ReadonlyMap<string, PageFile>;

/**
 * Addresses of pages: the same document, which finds out by itself what to show. Below `/chat` only one name is a page,
 * because `/chat/completions` is where clients end up whose base address was entered without `/v1`.
 */
const PAGES = [
  '/console',
  '/chat',
  '/chat/',
  '/chat/:chatId',
  '/sign-in',
  '/forgot',
  '/reset',
  '/confirm',
  '/set-up',
  '/sign-up',
];
const PAGES_BELOW = ['/console/'];

/** Their names carry a hash of what is in them, so whatever was loaded once is never asked for again. */
const HASHED = '/assets/';

/**
 * Scripts, styles and answers come from this server alone; nothing inline runs. `style-src` allows inline styles,
 * because widths of bars are written as such.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

/** The routes of the console's pages; none where there are no pages. */
export function webPages(files: PageFiles): {
  readonly routes: readonly Route[];
  readonly subtrees: readonly Subtree[];
} {
  const index = files.get('/index.html');
  if (index === undefined) return { routes: [], subtrees: [] };
  const page = (request: Request) => answer(request, index, 'no-cache');
  const file = (request: Request) => {
    const found = files.get(URL.parse(request.url)?.pathname ?? '');
    if (found === undefined) return new Response('Not found\n', { status: 404, headers: HEADERS });
    return answer(request, found, 'public, max-age=31536000, immutable');
  };
  const mark = files.get('/mark.svg');
  return {
    routes: [
      ...PAGES.map((path): Route => ({ method: 'GET', path, handle: page })),
      ...(mark === undefined
        ? []
        : [
            {
              method: 'GET' as const,
              path: '/mark.svg',
              handle: (request: Request) => answer(request, mark, 'max-age=86400'),
            },
          ]),
    ],
    subtrees: [
      ...PAGES_BELOW.map((prefix) => ({ prefix, handle: onlyRead(page) })),
      { prefix: HASHED, handle: onlyRead(file) },
    ],
  };
}

function onlyRead(handle: (request: Request) => Response): (request: Request) => Response {
  return (request) =>
    request.method === 'GET' || request.method === 'HEAD'
      ? handle(request)
      : new Response('Only GET\n', { status: 405, headers: { ...HEADERS, allow: 'GET, HEAD' } });
}

function answer(request: Request, { contentType, bytes, gzip }: PageFile, cacheControl: string): Response {
  const headers = {
    ...HEADERS,
    'content-type': contentType,
    'cache-control': cacheControl,
    vary: 'accept-encoding',
  };
  if (gzip === undefined || !/\bgzip\b/.test(request.headers.get('accept-encoding') ?? ''))
    return new Response(bytes, { headers });
  return new Response(gzip, { headers: { ...headers, 'content-encoding': 'gzip' } });
}
