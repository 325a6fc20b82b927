import { expect, test } from 'bun:test';
import { readPages } from '../../src/process/read-pages.ts';

/** What a first visit may load, compressed: more is felt on a phone. */
const SCRIPT_BYTES = 150_000;
const STYLE_BYTES = 25_000;

test('the pages are built, and a first visit loads no more than it may', async () => {
  const files = await readPages();
  const index = files.get('/index.html');
  // Without pages there is no console: `npm install` builds them, and `node bin/build-web.mjs` does it again.
  if (index === undefined) throw new Error('web/dist/index.html is missing; run: node bin/build-web.mjs');
  const named = [...new TextDecoder().decode(index.bytes).matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)];
  const sizes = named.map(([, path = '']) => {
    const file = files.get(path);
    if (file === undefined) throw new Error(`the document names ${path}, which was not built`);
    return { path, bytes: file.gzip?.length ?? file.bytes.length };
  });
  const sum = (ending: string) =>
    sizes.filter(({ path }) => path.endsWith(ending)).reduce((total, { bytes }) => total + bytes, 0);
  expect(sum('.js')).toBeGreaterThan(0);
  expect(sum('.js')).toBeLessThanOrEqual(SCRIPT_BYTES);
  expect(sum('.css')).toBeLessThanOrEqual(STYLE_BYTES);
});

/** What opens with the chat besides, and what comes with the first piece of code. */
const CHAT_SCRIPT_BYTES = 40_000;
const HIGHLIGHTER_BYTES = 45_000;

test('the chat and the colours of its code are loaded by themselves, and stay small', async () => {
  const files = await readPages();
  const sizeOf = (name: string) => {
    const found = [...files].filter(([path]) => path.startsWith(`/assets/${name}-`) && path.endsWith('.js'));
    return found.reduce((total, [, { gzip, bytes }]) => total + (gzip ?? bytes).length, 0);
  };
  for (const [name, most] of [
    ['chat-page', CHAT_SCRIPT_BYTES],
    ['highlight-worker', HIGHLIGHTER_BYTES],
  ] as const) {
    expect(sizeOf(name)).toBeGreaterThan(0);
    expect(sizeOf(name)).toBeLessThanOrEqual(most);
  }
});
