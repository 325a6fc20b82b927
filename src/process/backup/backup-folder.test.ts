import { afterAll, beforeAll, expect, test } from 'bun:test';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listBackups, openBackup } from './backup-folder.ts';

let dataDir: string;
const OLDER = 'turnpike-2026-11-28T213000Z.backup';
const YOUNGER = 'turnpike-2026-11-29T213000Z.backup';

beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'turnpike-backups-'));
  mkdirSync(join(dataDir, 'backups'));
  writeFileSync(join(dataDir, 'secret.key'), 'not for anybody');
  for (const name of [OLDER, YOUNGER, `${YOUNGER}.0a1b2c3d.unfinished`, 'other.txt'])
    writeFileSync(join(dataDir, 'backups', name), name);
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

test('whole backups are listed, youngest first, and nothing else', async () => {
  expect((await listBackups(dataDir)).map(({ name, sizeBytes }) => [name, sizeBytes])).toEqual([
    [YOUNGER, YOUNGER.length],
    [OLDER, OLDER.length],
  ]);
  expect(await listBackups(join(dataDir, 'nowhere'))).toEqual([]);
});

test('a backup is read whole', async () => {
  const file = await openBackup(dataDir, OLDER);
  expect(file?.sizeBytes).toBe(OLDER.length);
  expect(await new Response(file?.body).text()).toBe(OLDER);
});

test.each([
  '../secret.key',
  '..%2fsecret.key',
  `../backups/${OLDER}`,
  'other.txt',
  'turnpike-nothing.backup',
  `${OLDER}\0`,
  '',
])('%p leads nowhere', async (name) => {
  expect(await openBackup(dataDir, name)).toBeUndefined();
});
