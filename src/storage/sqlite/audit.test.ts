import { Database } from 'bun:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DAMAGES, keepSoundBooks } from '../../../test/conformance/damages.ts';
import { NOON_MS } from '../../../test/conformance/samples.ts';
import { auditDatabase } from './audit.ts';
import { openConnection } from './connection.ts';
import { openSqliteStorage } from './storage.ts';

describe('the audit', () => {
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'turnpike-'));
    const storage = await openSqliteStorage({ path: join(folder, 'sound.db') });
    await keepSoundBooks(storage);
    await storage.close();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Audits a copy of the sound file after an edit that no trigger and no check could stop. */
  const auditAfter = (sql: string, liveProcessId?: string) => {
    const path = join(folder, 'edited.db');
    copyFileSync(join(folder, 'sound.db'), path);
    const editor = new Database(path);
    editor.run('PRAGMA ignore_check_constraints = ON');
    for (const { name } of editor
      .query<{ name: string }, []>(`SELECT name FROM sqlite_schema WHERE type = 'trigger'`)
      .all()) {
      editor.run(`DROP TRIGGER ${name}`);
    }
    editor.run(sql);
    editor.close();
    const database = openConnection(path, { readonly: true, busyTimeoutMs: 0 });
    try {
      return auditDatabase(database, liveProcessId);
    } finally {
      database.close();
    }
  };

  test('finds nothing in sound books, counts them, and tells live holds from lost ones', () => {
    const sound = auditAfter('SELECT 1', 'process');
    expect(sound).toEqual({
      findings: [],
      transactions: 4,
      entries: 10,
      wallets: 2,
      liveHolds: 1,
      lostHolds: 0,
      estimated: { interrupted: 0, unreported: 0, withoutPrompt: 0, beyondReport: 0 },
      totals: {
        availableTicks: 890n,
        heldTicks: 50n,
        grantedTicks: -1_000n,
        revenueTicks: 60n,
        uncollectedTicks: 0n,
      },
    });
    const lost = auditAfter('SELECT 1', undefined);
    expect([lost.liveHolds, lost.lostHolds]).toEqual([0, 1]);
  });

  for (const { kind, how, sql } of DAMAGES) {
    test(`finds ${kind} when ${how}`, () => {
      const { findings } = auditAfter(sql);
      expect(findings.map((finding) => finding.kind)).toContain(kind);
      expect(findings.every(({ place }) => Object.values(place).some((value) => value !== undefined))).toBe(
        true,
      );
    });
  }

  test('a bill that says it was counted by us is explained, and no finding', () => {
    const explained = auditAfter('UPDATE requests SET estimated = 1, reported_output_tokens = 3');
    expect(explained.findings).toEqual([]);
    expect(explained.estimated.beyondReport).toBe(1);
  });

  test('a row of before is held against no price and no report', () => {
    const old = auditAfter(`UPDATE requests SET priced_from_ms = NULL, reported_input_tokens = NULL`);
    expect(old.findings).toEqual([]);
  });

  test('two seconds around a change of price, either price is right', () => {
    const changed = auditAfter(
      `INSERT INTO model_prices SELECT model_id, ${NOON_MS - 2_000}, 7, 7, 7, 7, 7 FROM model_prices`,
    );
    expect(changed.findings).toEqual([]);
  });

  test('the books of the ledger cannot be changed while their triggers stand', () => {
    const path = join(folder, 'guarded.db');
    copyFileSync(join(folder, 'sound.db'), path);
    const editor = new Database(path);
    for (const sql of [
      `UPDATE ledger_transactions SET memo = 'other'`,
      'DELETE FROM ledger_transactions',
      `INSERT INTO ledger_transactions (command, wallet_number, grant_id, at_ms, available_ticks, held_ticks, credit_ticks,
        revenue_ticks, uncollected_ticks) SELECT 'grant', number, 'forged', 0, 5, 0, -4, 0, 0 FROM wallets LIMIT 1`,
      `UPDATE holds SET state = 'held' WHERE state = 'posted'`,
      'DELETE FROM holds',
      'UPDATE wallets SET available_ticks = -1',
    ]) {
      expect(() => editor.run(sql)).toThrow();
    }
    editor.close();
  });
});
