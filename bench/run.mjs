#!/usr/bin/env node
/**
 * `npm run bench`: runs `main.ts` with the Bun that runs the server. Plain JavaScript on Node, like the launcher, whose
 * way of finding Bun it shares.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { findBun } from '../bin/find-bun.mjs';

const found = findBun(import.meta.url);
if ('problem' in found) {
  console.error(found.problem);
  process.exit(1);
}

const main = fileURLToPath(new URL('main.ts', import.meta.url));
// `--no-orphans`: should this process be killed without a chance to speak, the bench ends too, and with it all it runs.
const child = spawn(found.path, ['--no-orphans', '--no-install', main, ...process.argv.slice(2)], {
  stdio: 'inherit',
});

// Ctrl-C reaches the child from the terminal; it tidies up, and this process waits for it.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('exit', (code) => process.exit(code ?? 1));
