import { Database } from 'bun:sqlite';
import { afterEach, beforeEach, expect, test } from 'bun:test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ALL_MIGRATIONS } from '../../src/storage/sqlite/migrations/all-migrations.ts';

const CHILD = new URL('./migrating-child.ts', import.meta.url).pathname;
const ROWS = 300_000;
const CHILD_LIMIT_MS = 60_000;

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'turnpike-migrating-'));
  path = join(folder, 'turnpike.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const start = () =>
  Bun.spawn([process.execPath, CHILD, path, String(ROWS)], {
    stdout: 'pipe',
    stderr: 'inherit',
    timeout: CHILD_LIMIT_MS,
  });

/** How many steps are noted, and whether the tables of the long one and the last are there. */
function look() {
  const database = new Database(path);
  try {
    const count = (sql: string) => Number(database.query(sql).values()[0]?.[0]);
    const table = (name: string) => count(`SELECT count(*) FROM sqlite_schema WHERE name = '${name}'`) === 1;
    return {
      steps: table('migrations') ? count('SELECT count(*) FROM migrations') : 0,
      long: table('long') ? count('SELECT count(*) FROM long') : undefined,
      last: table('last'),
      integrity: database.query('PRAGMA integrity_check').values()[0]?.[0],
    };
  } finally {
    database.close();
  }
}

test('kill -9 in the middle of a step: the file is at the end of the step before, and the next start goes on', async () => {
  let killedInside = 0;
  for (const delayMs of [0, 60, 150, 250, 400]) {
    const child = start();
    await child.stdout.getReader().read();
    await Bun.sleep(delayMs);
    child.kill('SIGKILL');
    await child.exited;
    const { steps, long, last, integrity } = look();
    expect(integrity).toBe('ok');
    // A step is there with all it does, or not at all.
    expect(long).toBe(steps > ALL_MIGRATIONS.length ? ROWS : undefined);
    expect(last).toBe(steps > ALL_MIGRATIONS.length + 1);
    if (steps === ALL_MIGRATIONS.length) killedInside += 1;
  }
  // Else nothing was shown.
  expect(killedInside).toBeGreaterThan(0);
  expect(await start().exited).toBe(0);
  expect(look()).toEqual({ steps: ALL_MIGRATIONS.length + 2, long: ROWS, last: true, integrity: 'ok' });
}, 120_000);

test('two that start at once apply every step once', async () => {
  const [one, other] = [start(), start()];
  expect([await one.exited, await other.exited]).toEqual([0, 0]);
  expect(look()).toEqual({ steps: ALL_MIGRATIONS.length + 2, long: ROWS, last: true, integrity: 'ok' });
}, 120_000);
