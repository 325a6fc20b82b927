import { expect, test } from 'bun:test';
import { type PageFile, webPages } from './web-pages.ts';

const file = (text: string, contentType: string): PageFile => ({
  contentType,
  bytes: new TextEncoder().encode(text),
  gzip: new TextEncoder().encode('small'),
});

const pages = webPages(
  new Map([
    ['/index.html', file('<!doctype html>', 'text/html; charset=utf-8')],
    ['/assets/app-1a2b.js', file('run()', 'text/javascript; charset=utf-8')],
  ]),
);

async function get(path: string, init: RequestInit = {}): Promise<Response> {
  const request = new Request(`http://turnpike.test${path}`, init);
  const subtree = pages.subtrees.find(({ prefix }) => path.startsWith(prefix));
  const handle = subtree?.handle ?? pages.routes.find((route) => route.path === path)?.handle;
  if (handle === undefined) throw new Error(`nothing serves ${path}`);
  return handle(request, {} as never);
}

test('every page of the console is the same document, which is asked for anew', async () => {
  for (const path of [
    '/console',
    '/console/keys',
    '/console/requests/1',
    '/chat',
    '/chat/:chatId',
    '/sign-in',
    '/forgot',
    '/reset',
    '/confirm',
    '/set-up',
  ]) {
    const response = await get(path);
    expect(await response.text()).toBe('<!doctype html>');
    expect(response.headers.get('cache-control')).toBe('no-cache');
  }
});

test('a page runs nothing but scripts of this server and is shown in no frame', async () => {
  const policy = (await get('/console')).headers.get('content-security-policy');
  expect(policy).toContain("script-src 'self'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain("script-src 'self' 'unsafe");
});

test('a file whose name says what is in it is kept for ever, and an unknown one is not there', async () => {
  const response = await get('/assets/app-1a2b.js');
  expect(response.headers.get('cache-control')).toContain('immutable');
  expect((await get('/assets/other.js')).status).toBe(404);
  expect((await get('/assets/../../package.json')).status).toBe(404);
});

test('who reads compressed text gets it, and others do not', async () => {
  const compressed = await get('/assets/app-1a2b.js', { headers: { 'accept-encoding': 'br, gzip' } });
  expect(compressed.headers.get('content-encoding')).toBe('gzip');
  expect(await (await get('/assets/app-1a2b.js')).text()).toBe('run()');
});

test('pages are only read', async () => {
  expect((await get('/console/keys', { method: 'POST' })).status).toBe(405);
});

test('without built pages there are no addresses of pages', () => {
  expect(webPages(new Map())).toEqual({ routes: [], subtrees: [] });
});
