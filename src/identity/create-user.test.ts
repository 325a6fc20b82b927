import { expect, test } from 'bun:test';
import { codeOf, expectDone, makeUser, openTestAccounts } from '../../test/fakes/test-accounts.ts';
import { createUser } from './create-user.ts';
import { findOwner } from './installation-owner.ts';

test('a person gets a personal team, a wallet and $25', async () => {
  const ports = openTestAccounts();
  const { user, team } = expectDone(
    await createUser(ports, { email: ' Arthur.Dent@Example.com ', name: '亚瑟·邓特', role: 'user' }),
  );
  expect(user).toMatchObject({
    email: 'arthur.dent@example.com',
    name: '亚瑟·邓特',
    role: 'user',
    banned: false,
  });
  expect(team).toMatchObject({ personal: true, blocked: false, slug: `personal-${user.id}` });
  expect(await ports.accounts.membersOf(team.id)).toMatchObject([{ userId: user.id, role: 'owner' }]);
  expect(await ports.ledger.balance(team.id)).toEqual({ availableTicks: 250_000_000_000n, heldTicks: 0n });
  const { rows } = await ports.ledger.statement(team.id, { limit: 10 });
  expect(rows).toMatchObject([{ kind: 'grant', transactionId: `signup-grant:${user.id}` }]);
  expect(ports.changes).toEqual([
    { kind: 'user', id: user.id },
    { kind: 'organization', id: team.id },
  ]);
});

test('an address is one person, however it is written', async () => {
  const ports = openTestAccounts();
  const { team } = await makeUser(ports, 'arthur@example.com');
  const again = await createUser(ports, { email: 'ARTHUR@example.com', role: 'user' });
  expect(codeOf(again)).toBe('email-taken');
  expect(await ports.accounts.listUsers()).toHaveLength(1);
  expect((await ports.ledger.balance(team.id))?.availableTicks).toBe(250_000_000_000n);
});

test('what is no address or no name makes nobody', async () => {
  const ports = openTestAccounts();
  const addresses = [
    '',
    'arthur',
    '@',
    'a@',
    '@b.c',
    'a@b@c',
    'a b@c.d',
    'a\n@b.c',
    '.a@b.c',
    'a..b@c.d',
    `${'a'.repeat(300)}@b.c`,
  ];
  for (const email of addresses)
    expect(codeOf(await createUser(ports, { email, role: 'user' }))).toBe('bad-email');
  for (const name of ['', ' ', 'a\nb', '\u001b[31mred', '\u202egnp', 'x'.repeat(101)]) {
    expect(codeOf(await createUser(ports, { email: 'a@b.c', name, role: 'user' }))).toBe('bad-name');
  }
  expect(await ports.accounts.listUsers()).toEqual([]);
});

test('of two first sign-ups at once one is the owner', async () => {
  const ports = openTestAccounts();
  const results = await Promise.all(
    ['a@example.com', 'b@example.com', 'c@example.com'].map((email) =>
      createUser(ports, { email, role: 'owner' }),
    ),
  );
  expect(results.map(codeOf).filter((code) => code === 'owner-exists')).toHaveLength(2);
  const owners = (await ports.accounts.listUsers()).filter(({ role }) => role === 'owner');
  expect(owners).toHaveLength(1);
  expect(await findOwner(ports)).toEqual(owners[0]);
  expect(codeOf(await createUser(ports, { email: 'd@example.com', role: 'owner' }))).toBe('owner-exists');
});

test('an owner whose address was taken can still be made with another', async () => {
  const ports = openTestAccounts();
  await makeUser(ports, 'arthur@example.com');
  expect(codeOf(await createUser(ports, { email: 'arthur@example.com', role: 'owner' }))).toBe('email-taken');
  expect(await findOwner(ports)).toBeUndefined();
  expectDone(await createUser(ports, { email: 'owner@localhost', role: 'owner' }));
  expect((await findOwner(ports))?.email).toBe('owner@localhost');
});
