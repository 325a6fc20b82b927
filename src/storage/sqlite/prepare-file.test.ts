import { Database } from 'bun:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'bun:test';
import { mkdtempSync, openSync, readFileSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StorageNotOpened } from '../storage-error.ts';
import { openConnection } from './connection.ts';
import { ALL_MIGRATIONS } from './migrations/all-migrations.ts';
import type { Migration } from './migrations/migration.ts';
import { prepareFile } from './prepare-file.ts';

/** A step that no program has had yet. */
const NEXT = Math.max(...ALL_MIGRATIONS.map(({ number }) => number)) + 1;

describe('preparing a database file', () => {
  let folder: string;
  let path: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'turnpike-'));
    path = join(folder, 'turnpike.db');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const prepare = (migrations: readonly Migration[] = ALL_MIGRATIONS) => prepareFile(path, 50, migrations);

  /** What is told to whoever cannot open the file. */
  const refusal = (migrations?: readonly Migration[]): StorageNotOpened => {
    try {
      prepare(migrations);
    } catch (error) {
      if (error instanceof StorageNotOpened) return error;
      throw error;
    }
    throw new Error('the file was opened');
  };

  const raw = (run: (database: Database) => void) => {
    const database = new Database(path);
    run(database);
    database.run('PRAGMA wal_checkpoint(TRUNCATE)');
    database.close();
  };

  const count = (sql: string): unknown => {
    const database = new Database(path);
    try {
      return Object.values(database.query(sql).get() ?? {})[0];
    } finally {
      database.close();
    }
  };

  const second: Migration = {
    number: NEXT,
    name: 'second',
    sql: 'CREATE TABLE later (id INTEGER)',
  };

  test('makes a file that only its owner may read, in WAL mode, with every step noted', () => {
    prepare();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(count('SELECT count(*) FROM migrations')).toBe(ALL_MIGRATIONS.length);
    expect(count('PRAGMA journal_mode')).toBe('wal');
  });

  test('a second time changes nothing', () => {
    prepare();
    const before = readFileSync(path);
    prepare();
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test('applies only the steps that are missing, and keeps what is there', () => {
    prepare();
    raw((database) => database.run(`INSERT INTO settings VALUES ('colour', 'grey')`));
    prepare([...ALL_MIGRATIONS, second]);
    expect(count('SELECT count(*) FROM later')).toBe(0);
    expect(count('SELECT value FROM settings')).toBe('grey');
  });

  test('a step that fails leaves the file as it was before it', () => {
    prepare();
    const broken: Migration = {
      number: NEXT,
      name: 'broken',
      sql: 'CREATE TABLE half (id INTEGER); SELECT nonsense',
    };
    expect(() => prepare([...ALL_MIGRATIONS, broken])).toThrow('nonsense');
    expect(count(`SELECT count(*) FROM sqlite_schema WHERE name = 'half'`)).toBe(0);
    prepare([...ALL_MIGRATIONS, second]);
  });

  test('a step that leaves a broken reference fails', () => {
    prepare();
    const careless: Migration = {
      number: NEXT,
      name: 'careless',
      sql: `INSERT INTO model_prices VALUES ('nobody', 0, 1, 1, 1, 1, 1)`,
    };
    expect(() => prepare([...ALL_MIGRATIONS, careless])).toThrow('broken references');
    expect(count('SELECT count(*) FROM model_prices')).toBe(0);
  });

  test('every connection syncs each commit, checks references and waits for locks', () => {
    prepare();
    const database = openConnection(path, { readonly: false, busyTimeoutMs: 1_234 });
    const pragma = (name: string) => Object.values(database.query(`PRAGMA ${name}`).get() ?? {})[0];
    expect([pragma('synchronous'), pragma('foreign_keys'), pragma('busy_timeout')]).toEqual([2n, 1n, 1_234n]);
    database.close();
  });

  test('refuses a database that a newer program wrote', () => {
    prepare([...ALL_MIGRATIONS, second]);
    const { reason, message } = refusal();
    expect(reason).toBe('newer');
    expect(message).toContain('newer Turnpike');
  });

  test('refuses a database whose steps were other ones', () => {
    prepare([...ALL_MIGRATIONS, second]);
    expect(refusal([...ALL_MIGRATIONS, { ...second, sql: 'CREATE TABLE other (id INTEGER)' }]).reason).toBe(
      'changed',
    );
  });

  test('refuses a file that is no database, and leaves it alone', () => {
    writeFileSync(path, 'Dear diary, '.repeat(100));
    const { reason, message } = refusal();
    expect(reason).toBe('not-a-database');
    expect(message).toContain(path);
    expect(readFileSync(path, 'utf8')).toStartWith('Dear diary');
  });

  test('refuses the database of another program, and leaves it alone', () => {
    raw((database) => database.run('CREATE TABLE songs (id INTEGER)'));
    expect(refusal().reason).toBe('not-ours');
    expect(count('SELECT count(*) FROM sqlite_schema')).toBe(1);
  });

  test('refuses a damaged database', () => {
    prepare();
    raw((database) => {
      for (let index = 0; index < 2_000; index += 1)
        database.run(`INSERT INTO settings VALUES ('${index}', 'value')`);
    });
    const file = openSync(path, 'r+');
    const garbage = Buffer.alloc(4_096 * 20, 0x5a);
    writeSync(file, garbage, 0, garbage.length, statSync(path).size - garbage.length);
    const { reason, message } = refusal();
    expect(reason).toBe('damaged');
    expect(message).toContain('backup');
  });

  test('refuses a database that it may not write', () => {
    prepare();
    // The file format's own mark of a file that older programs may only read; permissions do not bind root.
    const file = openSync(path, 'r+');
    writeSync(file, Buffer.from([3]), 0, 1, 18);
    expect(refusal([...ALL_MIGRATIONS, second]).reason).toBe('read-only');
    // Also when there is nothing to be written yet.
    expect(refusal().reason).toBe('read-only');
  });

  test('refuses a database that another process keeps locked', () => {
    prepare();
    const other = new Database(path);
    other.run('BEGIN IMMEDIATE');
    expect(refusal().reason).toBe('locked');
    other.close();
    prepare();
  });

  test('refuses a place where no file can be', () => {
    path = join(folder, 'missing', 'turnpike.db');
    expect(refusal().reason).toBe('unreachable');
    path = folder;
    expect(refusal().reason).toBe('unreachable');
  });
});
