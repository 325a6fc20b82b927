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
