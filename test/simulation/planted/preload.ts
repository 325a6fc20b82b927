import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { plugin } from 'bun';
import { ALL_PLANTED } from './all-planted.ts';
import { plant } from './planted-bug.ts';

/** Loaded before everything else in a process that is to have a bug: the changed files are read through it. */
const name = process.env.SIMULATE_PLANTED;
const bug = ALL_PLANTED.find((one) => one.name === name);
if (bug === undefined) throw new Error(`there is no planted bug called ${name}`);

const root = fileURLToPath(new URL('../../..', import.meta.url));
const changed = new Map<string, string>();
for (const change of bug.changes) {
  const path = `${root}${change.file}`;
  changed.set(path, plant(bug, change, changed.get(path) ?? readFileSync(path, 'utf8')));
}

plugin({
  name: 'planted bug',
  setup(build) {
    build.onLoad({ filter: /[/\\]src[/\\].*\.ts$/ }, ({ path }) => ({
      contents: changed.get(path) ?? readFileSync(path, 'utf8'),
      loader: 'ts',
    }));
  },
});
