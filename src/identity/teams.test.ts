import { expect, test } from 'bun:test';
import { codeOf, expectDone, makeUser, openTestAccounts } from '../../test/fakes/test-accounts.ts';
import { createKey } from '../console/create-key.ts';
import { setKeyDisabled } from '../console/stop-key.ts';
import { addMember } from './add-member.ts';
import { setUserBanned } from './ban-user.ts';
import { setTeamBlocked } from './block-team.ts';
import { createTeam } from './create-team.ts';
import { createUser } from './create-user.ts';
import { removeMember } from './remove-member.ts';

async function withTeam() {
  const ports = openTestAccounts();
  const { user: owner } = await makeUser(ports, 'owner@example.com');
  const { user: member } = await makeUser(ports, 'member@example.com');
  const team = expectDone(await createTeam(ports, { name: 'Heart of Gold', owner: owner.email }));
  expectDone(await addMember(ports, team.slug, member.email, 'member'));
  ports.changes.length = 0;
  return { ports, owner, member, team };
}

test('a team has a slug made from its name, an owner and an empty wallet', async () => {
  const { ports, owner, team } = await withTeam();
  expect(team).toMatchObject({ slug: 'heart-of-gold', personal: false, blocked: false });
  expect(await ports.ledger.balance(team.id)).toEqual({ availableTicks: 0n, heldTicks: 0n });
  expect(await ports.accounts.membersOf(team.id)).toMatchObject([{ userId: owner.id, role: 'owner' }, {}]);

  const namesake = expectDone(await createTeam(ports, { name: 'Heart of Gold!', owner: owner.id }));
  expect(namesake.slug).toMatch(/^heart-of-gold-[0-9a-f]{8}$/);
  const chinese = expectDone(await createTeam(ports, { name: '黄金之心', owner: owner.id }));
  expect(chinese.slug).toMatch(/^team-[0-9a-f]{8}$/);
  expect(expectDone(await createTeam(ports, { name: 'Café', owner: owner.id })).slug).toBe('cafe');
});

test('no team can pass for another', async () => {
  const { ports, owner, team } = await withTeam();
  const tries = [
    team.id,
    `personal-${owner.id}`,
    'personal-x',
    'A',
    'a b',
    '-a',
    'a-',
    '',
    '../x',
    'x'.repeat(49),
  ];
  for (const slug of tries) {
    expect(codeOf(await createTeam(ports, { name: 'X', slug, owner: owner.id }))).toBe('bad-slug');
  }
  expect(codeOf(await createTeam(ports, { name: 'X', slug: 'heart-of-gold', owner: owner.id }))).toBe(
    'slug-taken',
  );
  const made = expectDone(await createTeam(ports, { name: 'Personal Stuff', owner: owner.id }));
  expect(made.slug.startsWith('personal-')).toBe(false);
});

test('members come and go, and the last owner stays', async () => {
  const { ports, owner, member, team } = await withTeam();
  expect(codeOf(await addMember(ports, team.slug, member.id, 'billing'))).toBe('already-member');
  expect(codeOf(await addMember(ports, team.slug, 'nobody@example.com', 'member'))).toBe('unknown-user');
  expect(codeOf(await addMember(ports, 'no-team', member.id, 'member'))).toBe('unknown-team');
  expect(codeOf(await addMember(ports, `personal-${owner.id}`, member.id, 'member'))).toBe('personal-team');
  expect(codeOf(await removeMember(ports, team.slug, owner.email))).toBe('last-owner');
  expect(codeOf(await removeMember(ports, `personal-${owner.id}`, owner.id))).toBe('personal-team');
  expectDone(await removeMember(ports, team.slug, member.email));
  expect(codeOf(await removeMember(ports, team.slug, member.email))).toBe('not-a-member');
  expect(await ports.accounts.membersOf(team.id)).toHaveLength(1);
});

test('whoever leaves a team cannot spend its credit any more', async () => {
  const { ports, owner, member, team } = await withTeam();
  const theirs = expectDone(
    await createKey(ports, { organizationId: team.id, userId: member.id, name: 'a' }),
  );
  const others = expectDone(await createKey(ports, { organizationId: team.id, userId: owner.id, name: 'b' }));
  const removed = expectDone(await removeMember(ports, team.slug, member.id));
  expect(removed.disabledKeys.map(({ id }) => id)).toEqual([theirs.key.id]);
  expect(ports.changes).toContainEqual({ kind: 'key', id: theirs.key.id });
  expect((await ports.keys.find(team.id, theirs.key.id))?.disabled).toBe(true);
  expect((await ports.keys.find(team.id, others.key.id))?.disabled).toBe(false);
  expect(codeOf(await setKeyDisabled(ports, team.id, theirs.key.id, false))).toBe('not-a-member');

  expectDone(await addMember(ports, team.slug, member.id, 'member'));
  expect(expectDone(await setKeyDisabled(ports, team.id, theirs.key.id, false)).disabled).toBe(false);
});

test('a ban and a block are announced, and can be lifted', async () => {
  const { ports, member, team } = await withTeam();
  expect(expectDone(await setUserBanned(ports, member.email, true)).banned).toBe(true);
  expect(expectDone(await setTeamBlocked(ports, team.slug, true)).blocked).toBe(true);
  expect(ports.changes).toEqual([
    { kind: 'user', id: member.id },
    { kind: 'organization', id: team.id },
  ]);
  expect(codeOf(await createTeam(ports, { name: 'X', owner: member.id }))).toBe('user-is-banned');
  expectDone(await setUserBanned(ports, member.id, false));
  expectDone(await setTeamBlocked(ports, team.id, false));
  expect((await ports.accounts.findUser(member.id))?.banned).toBe(false);
  expect((await ports.accounts.findOrganization(team.id))?.blocked).toBe(false);
});

test('the owner of the installation cannot be banned', async () => {
  const ports = openTestAccounts();
  const { user } = expectDone(await createUser(ports, { email: 'owner@localhost', role: 'owner' }));
  expect(codeOf(await setUserBanned(ports, user.id, true))).toBe('owner-stays');
  expect((await ports.accounts.findUser(user.id))?.banned).toBe(false);
});
