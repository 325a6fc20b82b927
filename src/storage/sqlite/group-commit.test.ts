import { Database } from 'bun:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'bun:test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openConnection } from './connection.ts';
import { GroupCommit } from './group-commit.ts';

/** Inserts a number; a negative one throws after it was written. */
function insertInto(database: Database) {
  const statement = database.prepare('INSERT INTO numbers VALUES (?)');
  return (value: number) => {
    statement.run(value);
    if (value < 0) throw new Error('a negative number');
    return value * 10;
  };
}

describe('group commit', () => {
  let folder: string;
  let database: Database;
  let transactions: number;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'turnpike-'));
    database = openConnection(join(folder, 'numbers.db'), { readonly: false, busyTimeoutMs: 0 });
    database.run('PRAGMA journal_mode = WAL');
    database.run('CREATE TABLE numbers (value INTEGER PRIMARY KEY)');
    transactions = 0;
  });
  afterEach(() => {
    database.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const numbers = () =>
    database.query('SELECT value FROM numbers ORDER BY value').values().flat().map(Number);

  test('commits a batch in one transaction and answers each command', () => {
    const run = insertInto(database);
    const commit = new GroupCommit<number>(database, (value) => {
      if (database.query('SELECT count(*) FROM numbers').values()[0]?.[0] === 0n) transactions += 1;
      return run(value);
    });
    expect(commit.apply([1, 2, 3])).toEqual([{ value: 10 }, { value: 20 }, { value: 30 }]);
    expect(numbers()).toEqual([1, 2, 3]);
    expect(database.inTransaction).toBe(false);
    expect(transactions).toBe(1);
  });

  test('a command that throws fails alone, and leaves nothing behind', () => {
    const commit = new GroupCommit<number>(database, insertInto(database));
    const replies = commit.apply([1, -2, 3]);
    expect(replies).toEqual([
      { value: 10 },
      { fault: { kind: 'bug', detail: 'a negative number' } },
      { value: 30 },
    ]);
    expect(numbers()).toEqual([1, 3]);
  });

  test('a broken rule of the database fails alone too', () => {
    const commit = new GroupCommit<number>(database, insertInto(database));
    const replies = commit.apply([1, 1, 2]);
    expect(replies.map((reply) => ('fault' in reply ? reply.fault.kind : 'done'))).toEqual([
      'done',
      'conflict',
      'done',
    ]);
    expect(numbers()).toEqual([1, 2]);
  });

  test('a database that is locked fails the batch at once, and the next one goes through', () => {
    const commit = new GroupCommit<number>(database, insertInto(database));
    const other = new Database(join(folder, 'numbers.db'));
    other.run('BEGIN IMMEDIATE');
    const replies = commit.apply([1, 2]);
    expect(replies.map((reply) => ('fault' in reply ? reply.fault.kind : 'done'))).toEqual([
      'locked',
      'locked',
    ]);
    other.run('ROLLBACK');
    other.close();
    expect(commit.apply([1])).toEqual([{ value: 10 }]);
  });

  test('what was replied is in the file, whoever reads it', () => {
    const commit = new GroupCommit<number>(database, insertInto(database));
    commit.apply([7]);
    const other = new Database(join(folder, 'numbers.db'));
    expect(other.query('SELECT value FROM numbers').values()).toEqual([[7]]);
    other.close();
  });
});
