import { afterAll, beforeAll, expect, test } from 'bun:test';
import type { ActivityFilter } from '../../src/storage/activity-store.ts';
import type { CodeRow } from '../../src/storage/code-store.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { describeOn, ENGINES, type OpenedEngine } from './engines.ts';
import { NOON_MS } from './samples.ts';

for (const engine of ENGINES) {
  describeOn(engine, 'the log of changes and codes', () => {
    let opened: OpenedEngine;
    let storage: Storage;
    let made = 0;

    beforeAll(async () => {
      opened = await engine.open();
      storage = opened.storage;
    });
    afterAll(() => opened.dispose());

    const makeCode = async (changes: Partial<CodeRow> = {}): Promise<CodeRow> => {
      made += 1;
      const code: CodeRow = {
        ...{ id: `code-${made}`, hash: String(made).padStart(64, '0'), redacted: '…X', amountTicks: 5n },
        ...{ mostUses: 1, uses: 0, memo: 'm', expiresAtMs: null, endedAtMs: null },
        ...{ createdAtMs: NOON_MS, createdBy: 'operator', ...changes },
      };
      await storage.codes.insert([code]);
      return code;
    };
    const claim = (code: CodeRow, organizationId: string) =>
      storage.codes.claim({ hash: code.hash, organizationId, userId: 'user', atMs: NOON_MS });

    test('the log is read youngest first, and keeps what was written', async () => {
      for (const id of ['a', 'b', 'c'])
        await storage.activity.append({
          ...{ id, atMs: NOON_MS, actor: 'operator', action: 'key.change', subject: 'laptop' },
          organizationId: null,
          changes: [{ field: 'name', before: 'old', after: null }],
          address: id === 'a' ? null : '192.0.2.7',
        });
      const first = await storage.activity.list({}, { limit: 2 });
      expect(first.rows.map(({ id }) => id)).toEqual(['c', 'b']);
      const second = await storage.activity.list({}, { limit: 2, cursor: first.nextCursor });
      expect(second).toEqual({
        rows: [
          {
            ...{ id: 'a', atMs: NOON_MS, actor: 'operator', action: 'key.change', subject: 'laptop' },
            organizationId: null,
            changes: [{ field: 'name', before: 'old', after: null }],
            address: null,
          },
        ],
      });
      expect(first.rows[0]?.address).toBe('192.0.2.7');
    });

    test('changes are found by who made them, what they were and since when', async () => {
      const log = async (id: string, actor: string, action: string, atMs: number) =>
        storage.activity.append({
          ...{ id, atMs, actor, action, subject: '', organizationId: null, changes: [], address: null },
        });
      await log('f1', 'ford', 'credit.move', NOON_MS + 1);
      await log('f2', 'ford', 'credits.other', NOON_MS + 2);
      await log('f3', 'arthur', 'credit grant', NOON_MS + 3);
      await log('f4', 'ford', 'code.create', NOON_MS + 4);
      const found = async (filter: ActivityFilter) =>
        (await storage.activity.list(filter, { limit: 3 })).rows.map(({ id }) => id);
      expect(await found({ actor: 'ford' })).toEqual(['f4', 'f2', 'f1']);
      expect(await found({ beginnings: ['credit.', 'credit ', 'code.'] })).toEqual(['f4', 'f3', 'f1']);
      expect(await found({ actor: 'ford', beginnings: ['credit.'] })).toEqual(['f1']);
      expect(await found({ fromMs: NOON_MS + 3 })).toEqual(['f4', 'f3']);
      const first = await storage.activity.list({ actor: 'ford' }, { limit: 1 });
      const second = await storage.activity.list({ actor: 'ford' }, { limit: 1, cursor: first.nextCursor });
      expect(second.rows.map(({ id }) => id)).toEqual(['f2']);
    });

    test('a code is used as often as it may be, whoever comes at once', async () => {
      const code = await makeCode({ mostUses: 3 });
      const answers = await Promise.all(Array.from({ length: 12 }, (_, at) => claim(code, `team-${at}`)));
      const outcomes = answers.map(({ outcome }) => outcome).sort();
      expect(outcomes).toEqual([...Array(3).fill('done'), ...Array(9).fill('used-up')]);
      const { rows } = await storage.codes.list({ limit: 1 });
      expect(rows[0]).toEqual({ ...code, uses: 3 });
    });

    test('a team uses a code once, however often it tries', async () => {
      const code = await makeCode({ mostUses: 5 });
      const answers = await Promise.all(Array.from({ length: 6 }, () => claim(code, 'team-x')));
      const outcomes = answers.map(({ outcome }) => outcome).sort();
      expect(outcomes).toEqual([...Array(5).fill('claimed-before'), 'done']);
      const mine = { codeId: code.id, organizationId: 'team-x', amountTicks: 5n, memo: 'm' };
      expect(await storage.codes.listUngranted()).toContainEqual(mine);
      await storage.codes.noteGranted(code.id, 'team-x');
      expect(await storage.codes.listUngranted()).not.toContainEqual(mine);
      expect(await claim(code, 'team-x')).toEqual({ outcome: 'used-already' });
    });

    test('who had a code of what is told, the youngest first', async () => {
      const code = await makeCode({ mostUses: 5 });
      await claim(code, 'team-a');
      await storage.codes.claim({
        ...{ hash: code.hash, organizationId: 'team-b', userId: 'other', atMs: NOON_MS + 1 },
      });
      await storage.codes.noteGranted(code.id, 'team-a');
      expect(await storage.codes.usesOf(code.id)).toEqual([
        { organizationId: 'team-b', userId: 'other', atMs: NOON_MS + 1, granted: false },
        { organizationId: 'team-a', userId: 'user', atMs: NOON_MS, granted: true },
      ]);
      expect(await storage.codes.usesOf('no-such-code')).toEqual([]);
    });

    test('a code that is over, taken back or not there gives nothing', async () => {
      const over = await makeCode({ expiresAtMs: NOON_MS });
      expect(await claim(over, 'team-y')).toEqual({ outcome: 'expired' });
      const ended = await makeCode();
      expect(await storage.codes.end(ended.id, NOON_MS)).toBeTrue();
      expect(await storage.codes.end(ended.id, NOON_MS)).toBeFalse();
      expect(await claim(ended, 'team-y')).toEqual({ outcome: 'expired' });
      expect(await claim({ ...over, hash: 'f'.repeat(64) }, 'team-y')).toEqual({ outcome: 'unknown' });
    });
  });
}
