/**
 * `npm run simulate`: the deterministic simulation of the money path, run with the Bun that runs the server. What it
 * takes and prints is in test/simulation/README.md. Plain JavaScript on Node, like the other tools.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { findBun } from '../bin/find-bun.mjs';

const bun = findBun(import.meta.url);
if ('problem' in bun) {
  console.error(bun.problem);
  process.exit(1);
}

const command = fileURLToPath(new URL('../test/simulation/command.ts', import.meta.url));
const { status } = spawnSync(bun.path, [command, ...process.argv.slice(2)], { stdio: 'inherit' });
process.exit(status ?? 1);
