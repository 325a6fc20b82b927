import { Database } from 'bun:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NOON_MS, priced, Samples } from '../../../test/conformance/samples.ts';
import type { AuditFinding } from '../audit-finding.ts';
import { auditDatabase } from './audit.ts';
import { openConnection } from './connection.ts';
import { openSqliteStorage } from './storage.ts';

/** Every kind of damage that an audit can name, and how somebody with an editor would bring it about. */
const DAMAGES: readonly { kind: AuditFinding['kind']; how: string; sql: string }[] = [
  {
    kind: 'transaction-not-zero',
    how: 'a grant was made larger',
    sql: `UPDATE ledger_transactions SET available_ticks = available_ticks + 1 WHERE command = 'grant'`,
  },
  {
    kind: 'transaction-not-zero',
    how: 'what the operator gave was deleted',
    sql: 'UPDATE ledger_transactions SET credit_ticks = 0',
  },
  {
    kind: 'balance-differs',
    how: 'a balance was written over',
    sql: 'UPDATE wallets SET available_ticks = available_ticks + 1000000',
  },
  {
    kind: 'balance-differs',
    how: 'credit was moved to another wallet',
    sql: `UPDATE ledger_transactions SET wallet_number = (SELECT max(number) FROM wallets) WHERE command = 'grant'`,
  },
  {
    kind: 'negative-balance',
    how: 'a grant was deleted',
    sql: `DELETE FROM ledger_transactions WHERE command = 'grant'`,
  },
  { kind: 'negative-balance', how: 'a balance was made negative', sql: 'UPDATE wallets SET held_ticks = -5' },
  {
    kind: 'hold-without-end',
    how: 'the end of a hold was deleted',
    sql: `DELETE FROM ledger_transactions WHERE command = 'post'`,
  },
  {
    kind: 'hold-without-end',
    how: 'all transactions of an ended hold were deleted',
    sql: 'DELETE FROM ledger_transactions WHERE request_id IS NOT NULL',
  },
  {
    kind: 'hold-ended-twice',
    how: 'a second end was added under another step',
    sql: `INSERT INTO ledger_transactions (command, wallet_number, request_id, step, at_ms, available_ticks, held_ticks,
        credit_ticks, revenue_ticks, uncollected_ticks)
      SELECT 'void', wallet_number, request_id, -2, at_ms, 0, 0, 0, 0, 0 FROM ledger_transactions
      WHERE command = 'post' LIMIT 1`,
  },
  {
    kind: 'hold-differs',
    how: 'a hold was made larger',
    sql: `UPDATE holds SET held_ticks = held_ticks + 1`,
  },
  {
    kind: 'hold-differs',
    how: 'an ended hold was opened again',
    sql: `UPDATE holds SET state = 'held', charged_ticks = 0, released_ticks = 0`,
  },
  {
    kind: 'hold-differs',
    how: 'a posted hold was called voided',
    sql: `UPDATE holds SET state = 'voided' WHERE state = 'posted'`,
  },
  {
    kind: 'hold-differs',
    how: 'a charge was written over in the hold',
    sql: 'UPDATE holds SET charged_ticks = charged_ticks + 1',
  },
  { kind: 'hold-missing', how: 'holds were deleted', sql: 'DELETE FROM holds' },
  {
    kind: 'charge-without-request',
    how: 'the row of a charged request was deleted',
    sql: 'DELETE FROM requests',
  },
  {
    kind: 'charge-without-request',
    how: 'the cost in the row was made smaller',
    sql: 'UPDATE requests SET cost_ticks = cost_ticks - 1 WHERE cost_ticks > 0',
  },
  {
    kind: 'request-without-charge',
    how: 'the cost in the row was made larger',
    sql: 'UPDATE requests SET cost_ticks = cost_ticks + 1',
  },
  {
    kind: 'request-without-charge',
    how: 'a request was given a cost that nobody was charged',
    sql: `UPDATE requests SET id = 'another', cost_ticks = 5`,
  },
  {
    kind: 'request-misfiled',
    how: 'a charged request was given to another key',
    sql: `UPDATE requests SET key_id = 'another'`,
  },
  {
    kind: 'cost-differs-from-price',
    how: 'tokens were added to the bill and the report',
    sql: 'UPDATE requests SET output_tokens = output_tokens + 1, reported_output_tokens = reported_output_tokens + 1',
  },
  {
    kind: 'cost-differs-from-price',
    how: 'a price that requests were charged by was written over',
    sql: 'UPDATE model_prices SET input_ticks_per_token = input_ticks_per_token + 1',
  },
  {
    kind: 'cost-differs-from-price',
    how: 'a price became so large that SQLite counts in fractions',
    sql: 'UPDATE model_prices SET input_ticks_per_token = 1000000000000000000',
  },
  {
    kind: 'price-not-in-force',
    how: 'a younger price was put before the request',
    sql: `INSERT INTO model_prices SELECT model_id, ${NOON_MS - 3_600_000}, input_ticks_per_token,
      cached_input_ticks_per_token, image_input_ticks_per_token, audio_input_ticks_per_token, output_ticks_per_token
      FROM model_prices`,
  },
  {
    kind: 'usage-differs-from-report',
    how: 'the upstream reported fewer tokens than an exact bill has',
    sql: 'UPDATE requests SET reported_output_tokens = 4',
  },
  {
    kind: 'usage-differs-from-report',
    how: 'the upstream reported fewer cached tokens',
    sql: 'UPDATE requests SET reported_cached_input_tokens = 1',
  },
  {
    kind: 'usage-differs-from-report',
    how: 'the upstream reported more than an estimated bill has',
    sql: 'UPDATE requests SET estimated = 1, reported_output_tokens = 6',
  },
  {
    kind: 'usage-without-report',
    how: 'nobody reported what an exact bill has',
    sql: `UPDATE requests SET reported_input_tokens = NULL, reported_cached_input_tokens = NULL,
      reported_output_tokens = NULL, reported_reasoning_tokens = NULL`,
  },
  {
    kind: 'rollup-differs',
    how: 'a day was written over',
    sql: 'UPDATE usage_daily SET requests = requests + 1',
  },
  { kind: 'rollup-differs', how: 'a day was deleted', sql: 'DELETE FROM usage_daily' },
  {
    kind: 'rollup-differs',
    how: 'a request was moved to another day',
    sql: 'UPDATE requests SET at_ms = at_ms - 86400000',
  },
];

describe('the audit', () => {
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'turnpike-'));
    const storage = await openSqliteStorage({ path: join(folder, 'sound.db') });
    const samples = new Samples(storage, 'audit');
    const walletId = await samples.wallet(1_000n);
    await samples.wallet(0n);
    const posted = samples.hold(walletId, 100n);
    const open = samples.hold(walletId, 50n);
    await storage.ledger.hold(posted);
    await storage.ledger.hold(open);
    await storage.catalogue.put(priced(2n, 8n));
    await storage.ledger.post(samples.post(posted, 60n, { pricedFromMs: 0 }));
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
