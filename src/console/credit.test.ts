import { expect, test } from 'bun:test';
import { codeOf, expectDone, makeUser, openTestAccounts } from '../../test/fakes/test-accounts.ts';
import { MAXIMUM_TICKS } from '../domain/money.ts';
import { createTeam } from '../identity/create-team.ts';
import { grantCredit, withdrawCredit } from './move-credit.ts';
import { balanceOf, dailyUsageOf, requestsOf, statementOf } from './read-account.ts';

const SIGN_UP = 250_000_000_000n;

async function withTeam() {
  const ports = openTestAccounts();
  const { user, team } = await makeUser(ports);
  return { ports, user, organizationId: team.id };
}

test('grants and withdrawals move the balance by exactly their amount', async () => {
  const { ports, organizationId } = await withTeam();
  const granted = expectDone(await grantCredit(ports, { organizationId, amountTicks: 1n, memo: ' 充值 ' }));
  // Calls may be waiting for it.
  expect(ports.changes.at(-1)).toEqual({ kind: 'credit', id: organizationId });
  expect(granted).toMatchObject({ outcome: 'done', balance: { availableTicks: SIGN_UP + 1n } });
  expectDone(await withdrawCredit(ports, { organizationId, amountTicks: SIGN_UP + 1n }));
  expect(await balanceOf(ports, organizationId)).toEqual({ availableTicks: 0n, heldTicks: 0n });
  const { rows } = expectDone(await statementOf(ports, organizationId, { limit: 10 }));
  expect(rows.map(({ kind, amountTicks, memo }) => ({ kind, amountTicks, memo }))).toEqual([
    { kind: 'withdrawal', amountTicks: -SIGN_UP - 1n, memo: '' },
    { kind: 'grant', amountTicks: 1n, memo: '充值' },
    { kind: 'grant', amountTicks: SIGN_UP, memo: '' },
  ]);
});

test('more than is available cannot be withdrawn, nor nothing, nor too much granted', async () => {
  const { ports, organizationId } = await withTeam();
  const refused = await withdrawCredit(ports, { organizationId, amountTicks: SIGN_UP + 1n });
  expect(refused).toMatchObject({
    code: 'not-enough',
    facts: { availableTicks: '250000000000', askedTicks: '250000000001' },
  });
  for (const amountTicks of [0n, -1n, MAXIMUM_TICKS + 1n]) {
    expect(codeOf(await grantCredit(ports, { organizationId, amountTicks }))).toBe('bad-amount');
    expect(codeOf(await withdrawCredit(ports, { organizationId, amountTicks }))).toBe('bad-amount');
  }
  expect(codeOf(await grantCredit(ports, { organizationId, amountTicks: MAXIMUM_TICKS }))).toBe(
    'too-much-credit',
  );
  expect((await balanceOf(ports, organizationId)).availableTicks).toBe(SIGN_UP);
});

test('of withdrawals at once only what is there goes', async () => {
  const { ports, organizationId } = await withTeam();
  const tries = Array.from({ length: 10 }, () =>
    withdrawCredit(ports, { organizationId, amountTicks: SIGN_UP / 3n }),
  );
  const results = await Promise.all(tries);
  expect(results.map(codeOf).filter((code) => code === 'not-enough')).toHaveLength(7);
  expect((await balanceOf(ports, organizationId)).availableTicks).toBe(1n);
});

test('the same id moves credit once, and nothing else', async () => {
  const { ports, organizationId } = await withTeam();
  const movement = { organizationId, amountTicks: 5n, id: 'invoice-17' };
  expect(expectDone(await grantCredit(ports, movement)).outcome).toBe('done');
  expect(expectDone(await grantCredit(ports, movement)).outcome).toBe('exists');
  expect(codeOf(await grantCredit(ports, { ...movement, amountTicks: 6n }))).toBe('transaction-differs');
  expect(codeOf(await withdrawCredit(ports, movement))).toBe('transaction-differs');
  const { team: other } = await makeUser(ports, 'ford@example.com');
  expect(codeOf(await grantCredit(ports, { ...movement, organizationId: other.id }))).toBe(
    'transaction-differs',
  );
  expect((await balanceOf(ports, organizationId)).availableTicks).toBe(SIGN_UP + 5n);
  expect((await balanceOf(ports, other.id)).availableTicks).toBe(SIGN_UP);
});

test('memos and ids that could harm a page or a name of the ledger are refused', async () => {
  const { ports, user, organizationId } = await withTeam();
  for (const memo of ['x'.repeat(201), 'a\nb', '\u001b[31m']) {
    expect(codeOf(await grantCredit(ports, { organizationId, amountTicks: 1n, memo }))).toBe('bad-memo');
  }
  for (const id of ['', ' ', 'a b', 'x'.repeat(101), '../x', 'é']) {
    expect(codeOf(await grantCredit(ports, { organizationId, amountTicks: 1n, id }))).toBe(
      'bad-transaction-id',
    );
  }
  // Names that other movements have are no danger: an operator's begin with a word of their own.
  for (const id of [`signup-grant:${user.id}`, 'request:1:hold']) {
    expect(expectDone(await grantCredit(ports, { organizationId, amountTicks: 1n, id })).outcome).toBe(
      'done',
    );
  }
});

test('a team without a wallet has nothing, and gets one with its first grant', async () => {
  const { ports, user } = await withTeam();
  const team = expectDone(await createTeam(ports, { name: 'X', owner: user.id }));
  expect(await balanceOf(ports, 'never-opened')).toEqual({ availableTicks: 0n, heldTicks: 0n });
  expect(codeOf(await withdrawCredit(ports, { organizationId: team.id, amountTicks: 1n }))).toBe(
    'not-enough',
  );
  const granted = expectDone(await grantCredit(ports, { organizationId: 'never-opened', amountTicks: 1n }));
  expect(granted.balance.availableTicks).toBe(1n);
});

test('pages and days are checked', async () => {
  const { ports, organizationId } = await withTeam();
  const pages = [
    { limit: 0 },
    { limit: 1_001 },
    { limit: 1.5 },
    { limit: 10, cursor: 'x' },
    { limit: 10, cursor: '-1' },
  ];
  for (const page of pages) {
    expect(codeOf(await statementOf(ports, organizationId, page))).toBe('bad-page');
    expect(codeOf(await requestsOf(ports, organizationId, page))).toBe('bad-page');
  }
  const days = [
    ['2026-11-22', '2026-11-21'],
    ['2026-02-30', '2026-03-01'],
    ['2020-01-01', '2026-11-22'],
    ['yesterday', 'today'],
    ['2026-11-2', '2026-11-22'],
  ] as const;
  for (const [from, to] of days)
    expect(codeOf(await dailyUsageOf(ports, organizationId, from, to))).toBe('bad-days');
  expect(await dailyUsageOf(ports, organizationId, '2026-11-22', '2026-11-22')).toEqual([]);
});
