import { Database } from 'bun:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStorage } from '../../src/storage/sqlite/storage.ts';
import { Samples } from '../conformance/samples.ts';

/** What a person reads in the terminal when the database is not as it must be. Nothing is started, nothing changed. */

const START_LIMIT_MS = 20_000;

let folder: string;
let sound: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'turnpike-refused-'));
  sound = join(folder, 'sound.db');
  const storage = await openSqliteStorage({ path: sound });
  const samples = new Samples(storage, 'refused');
  for (let count = 0; count < 200; count += 1) await samples.wallet(5n);
  await storage.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Refusal {
  readonly name: string;
  readonly english: string;
  readonly chinese: string;
  /** Spoils the file; answers how to set free what it has taken. */
  spoil(path: string): (() => void) | undefined;
}

const REFUSALS: readonly Refusal[] = [
  {
    name: 'damaged in the middle',
    english: 'The database is damaged.',
    chinese: '数据库已损坏。',
    spoil: (path) => {
      const bytes = readFileSync(path);
      bytes.fill(0x5a, bytes.length - 40_000, bytes.length - 20_000);
      writeFileSync(path, bytes);
      return undefined;
    },
  },
  {
    name: 'one flipped bit in the head of a page',
    english: 'The database is damaged.',
    chinese: '数据库已损坏。',
    spoil: (path) => {
      const bytes = readFileSync(path);
      const at = 4_096 * Math.floor(bytes.length / 4_096 / 2);
      bytes[at] = (bytes[at] ?? 0) ^ 0b0100_0000;
      writeFileSync(path, bytes);
      return undefined;
    },
  },
  {
    name: 'cut off',
    english: 'The database is damaged.',
    chinese: '数据库已损坏。',
    spoil: (path) => {
      truncateSync(path, statSync(path).size - 40_960);
      return undefined;
    },
  },
  {
    name: 'no database at all',
    english: 'The database file is not a database.',
    chinese: '数据库文件不是有效的数据库。',
    spoil: (path) => {
      writeFileSync(path, 'Dear diary, '.repeat(1_000));
      return undefined;
    },
  },
  {
    name: 'of another program',
    english: 'The database belongs to another program.',
    chinese: '该数据库属于其他程序。',
    spoil: (path) => edit(path, 'PRAGMA application_id = 5'),
  },
  {
    name: 'of a newer version',
    english: 'The database was written by a newer Turnpike.',
    chinese: '该数据库由更新版本的 Turnpike 写入。',
    spoil: (path) => edit(path, `INSERT INTO migrations VALUES (999, 'later', '', 0)`),
  },
  {
    name: 'of a version with another history',
    english: 'The database was made by a version that differs from this one.',
    chinese: '该数据库由另一个版本建立，与当前版本不一致。',
    spoil: (path) => edit(path, `UPDATE migrations SET checksum = 'other' WHERE number = 2`),
  },
  {
    name: 'read-only',
    english: 'The database cannot be written.',
    chinese: '无法写入数据库。',
    spoil: (path) => {
      // The file format's own mark of a file that older programs may only read; permissions do not bind root.
      const bytes = readFileSync(path);
      bytes[18] = 3;
      writeFileSync(path, bytes);
      return undefined;
    },
  },
  {
    name: 'locked by another program',
    english: 'Another program keeps the database locked.',
    chinese: '数据库正被其他程序锁定。',
    spoil: (path) => {
      const other = new Database(path);
      other.run('BEGIN IMMEDIATE');
      return () => other.close();
    },
  },
  {
    name: 'a backup that was put there by hand',
    english: 'This is a backup and not a database in use.',
    chinese: '这是备份，而不是使用中的数据库。',
    spoil: (path) => edit(path, `PRAGMA application_id = ${0x54504b42}`),
  },
  {
    name: 'left by a restore that was interrupted',
    english: 'A restore into this folder was interrupted.',
    chinese: '此文件夹的恢复曾被中断。',
    spoil: (path) => {
      copyFileSync(path, `${path}.restored`);
      return undefined;
    },
  },
  {
    name: 'not a file',
    english: 'The database file cannot be reached.',
    chinese: '无法访问数据库文件。',
    spoil: (path) => {
      rmSync(path);
      mkdirSync(path);
      return undefined;
    },
  },
];

describe('a start is refused in a clear sentence when the database is', () => {
  for (const { name, english, chinese, spoil } of REFUSALS) {
    test(
      name,
      async () => {
        const dataDir = mkdtempSync(join(folder, 'data-'));
        const path = join(dataDir, 'turnpike.db');
        copyFileSync(sound, path);
        const free = spoil(path);
        const before = bytesOf(path);
        try {
          const [inEnglish, inChinese] = [
            await serve(dataDir, 'en_US.UTF-8'),
            await serve(dataDir, 'zh_CN.UTF-8'),
          ];
          expect(inEnglish.output).toContain(`✕ ${english}`);
          expect(inChinese.output).toContain(`✕ ${chinese}`);
          for (const { output, log, exitCode } of [inEnglish, inChinese]) {
            expect(exitCode).toBe(1);
            // The file is named on a line of its own, and no stack or code of ours is seen.
            expect(output).toContain(`\n      ${path}\n`);
            expect(output + log).not.toMatch(/\bat .*\.ts:\d+|SQLITE_|Error:/);
          }
          // A command says it too, and that there is a doctor.
          const listed = await run(dataDir, ['users', 'list']);
          expect(listed.log).toMatch(/cannot be opened: [A-Za-z ,;]+\. turnpike doctor says more\.\n$/);
          expect(bytesOf(path)).toEqual(before);
        } finally {
          free?.();
        }
      },
      2 * START_LIMIT_MS,
    );
  }
});

test(
  'a key file without a key is never written over, and the doctor and a backup name it too',
  async () => {
    const dataDir = mkdtempSync(join(folder, 'data-'));
    copyFileSync(sound, join(dataDir, 'turnpike.db'));
    const path = join(dataDir, 'secret.key');
    writeFileSync(path, 'too short', { mode: 0o600 });
    expect(await serve(dataDir, 'en_US.UTF-8')).toMatchObject({
      exitCode: 1,
      log: '',
      output: expect.stringContaining('✕ The key file cannot be read or holds no key.'),
    });
    expect((await serve(dataDir, 'zh_CN.UTF-8')).output).toContain('✕ 密钥文件无法读取，或其中没有密钥。');
    expect(readFileSync(path, 'utf8')).toBe('too short');
    expect((await run(dataDir, ['doctor'])).output).toContain(`The key file ${path} cannot be read`);
    expect((await run(dataDir, ['backup'])).log).toStartWith(`The key file ${path} cannot be read`);
  },
  4 * START_LIMIT_MS,
);

function serve(dataDir: string, language: string) {
  return run(dataDir, ['serve', '--port', '0'], { LC_ALL: language });
}

async function run(dataDir: string, words: readonly string[], variables: Record<string, string> = {}) {
  const child = Bun.spawn(['node', 'bin/turnpike.mjs', ...words], {
    env: { PATH: process.env.PATH ?? '', TURNPIKE_DATA_DIR: dataDir, ...variables },
    stdout: 'pipe',
    stderr: 'pipe',
    timeout: START_LIMIT_MS,
  });
  const [output, log, exitCode] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  return { output, log, exitCode };
}

function edit(path: string, sql: string): undefined {
  const database = new Database(path);
  database.run(sql);
  database.run('PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
}

function bytesOf(path: string): string {
  return statSync(path).isDirectory() ? 'a folder' : Bun.hash(readFileSync(path)).toString();
}
