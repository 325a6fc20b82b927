#!/usr/bin/env node
/**
 * Builds the pages into `web/dist`, which the server reads. What was there stays until the new pages are whole, so a
 * server that reads at the same time never finds half of them. Plain JavaScript on Node, like the launcher.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const WEB = fileURLToPath(new URL('../web', import.meta.url));
const DIST = join(WEB, 'dist');
const NEXT = join(WEB, 'dist.next');
const MADE = new Set(['dist', 'dist.next', 'node_modules']);

/** Whether there are sources of pages here (not in an installed package) that are newer than the pages. */
export function pagesAreStale() {
  if (!existsSync(join(WEB, 'index.html'))) return false;
  const index = join(DIST, 'index.html');
  if (!existsSync(index)) return true;
  const built = statSync(index).mtimeMs;
  return readdirSync(WEB, { withFileTypes: true })
    .filter(({ name }) => !MADE.has(name))
    .some((entry) => newest(join(WEB, entry.name)) > built);
}

function newest(path) {
  const status = statSync(path);
  if (!status.isDirectory()) return status.mtimeMs;
  return Math.max(status.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

/**
 * Builds the pages. False when that failed; what Vite said is on the screen. Where the tools for it were left out
 * (`npm install --omit=dev`), there is nothing to build with, and that is no failure.
 */
export function buildPages() {
  const vite = findVite();
  if (vite === undefined) return true;
  const build = [vite, 'build', '--outDir', NEXT, '--emptyOutDir', '--logLevel', 'warn'];
  const { status } = spawnSync(process.execPath, build, {
    cwd: WEB,
    // A server that a test starts finds another word there, and would build pages for developers, of twice the size.
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) return false;
  rmSync(DIST, { recursive: true, force: true });
  renameSync(NEXT, DIST);
  return true;
}

function findVite() {
  try {
    return join(
      createRequire(join(WEB, 'package.json')).resolve('vite/package.json'),
      '..',
      'bin',
      'vite.js',
    );
  } catch {
    return undefined;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exit(buildPages() ? 0 : 1);
