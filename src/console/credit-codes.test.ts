import { expect, test } from 'bun:test';
import { codeOf, expectDone, openTestAccounts } from '../../test/fakes/test-accounts.ts';
import { createCodes } from './credit-codes.ts';

const NEW = { count: 2, amountTicks: 5n, mostUses: 1, memo: '' };

test('codes are made with what was asked, and their texts differ', async () => {
  const made = expectDone(await createCodes(openTestAccounts(), { ...NEW, memo: '春季课程' }));
  expect(made.map(({ row }) => [row.amountTicks, row.memo])).toEqual([
    [5n, '春季课程'],
    [5n, '春季课程'],
  ]);
  expect(new Set(made.map(({ text }) => text)).size).toBe(2);
});

test('no batch, no uses, too many of either and a memo of two lines are refused', async () => {
  const ports = openTestAccounts();
  for (const wrong of [{ count: 0 }, { count: 501 }, { mostUses: 0 }, { mostUses: 100_001 }])
    expect(codeOf(await createCodes(ports, { ...NEW, ...wrong }))).toBe('bad-code-count');
  for (const memo of ['a\nb', 'x'.repeat(101)])
    expect(codeOf(await createCodes(ports, { ...NEW, memo }))).toBe('bad-memo');
  expect(codeOf(await createCodes(ports, { ...NEW, expiresAtMs: ports.clock.nowMs() }))).toBe('moment-past');
});
