import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { PageFile, PageFiles } from '../http/web-pages.ts';

const DIST = fileURLToPath(new URL('../../web/dist', import.meta.url));

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
};

const compress = promisify(gzip);

/** Reads the built pages into memory: about half a megabyte. None where they were not built. */
export async function readPages(folder: string = DIST): Promise<PageFiles> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = await Promise.all(
    names
      .filter((entry) => entry.isFile())
      .map(async ({ parentPath, name }): Promise<[string, PageFile]> => {
        const path = join(parentPath, name);
        const bytes = new Uint8Array(await readFile(path));
        const small = new Uint8Array(await compress(bytes));
        const contentType = CONTENT_TYPES[extname(name)] ?? 'application/octet-stream';
        const address = `/${relative(folder, path).split(sep).join('/')}`;
        return [address, { contentType, bytes, gzip: small.length < bytes.length ? small : undefined }];
      }),
  );
  return new Map(files);
}
