import { beforeAll, describe, expect, test } from 'bun:test';
import { addMember } from '../../src/identity/add-member.ts';
import { openMemoryStorage } from '../../src/storage/memory/storage.ts';
import { expectDone } from '../fakes/test-accounts.ts';
import { openTestApi, type TestApi, type TestPerson } from '../fakes/test-api.ts';

/** What each role of a team may do, and that nobody raises themselves or acts on who stands above them. */

const ROLES = ['owner', 'administrator', 'member', 'billing'] as const;
type Role = (typeof ROLES)[number];

let api: TestApi;
let people: Record<Role, TestPerson>;
let stranger: TestPerson;
let teamId: string;
const as = (role: Role, method: string, path: string, body?: unknown) =>
  api.ask(people[role], method, `/teams/${teamId}${path}`, body);
const statuses = async (run: (role: Role) => Promise<{ readonly status: number }>) => {
  const found: [Role, number][] = [];
  for (const role of ROLES) found.push([role, (await run(role)).status]);
  return Object.fromEntries(found);
};

beforeAll(async () => {
  api = openTestApi(openMemoryStorage());
  const owner = await api.person('owner@example.com');
  const [administrator, member, billing] = [
    await api.person('administrator@example.com'),
    await api.person('member@example.com'),
    await api.person('billing@example.com'),
  ];
  people = { owner, administrator, member, billing };
  stranger = await api.person('stranger@example.com');
  teamId = (await api.ask(owner, 'POST', '/teams', { name: 'Magrathea' })).body.id;
  for (const role of ['administrator', 'member', 'billing'] as const)
    expectDone(await addMember(api.ports, teamId, people[role].userId, role));
});

describe('what each role may do', () => {
  test.each([
    ['look at usage', 'GET', '/home', undefined, [200, 200, 200, 200]],
    ['make a key', 'POST', '/keys', { name: 'k' }, [201, 201, 201, 403]],
    ['rename the team', 'PATCH', '', { name: 'Magrathea' }, [200, 200, 403, 403]],
    ['draw a line', 'POST', '/alerts', { kind: 'balance-below', thresholdTicks: '5' }, [201, 201, 403, 201]],
    // No such code: what counts is that they were let so far.
    ['redeem a code', 'POST', '/codes', { code: 'XXXX' }, [404, 404, 403, 404]],
  ] as const)('%s', async (_, method, path, body, expected) => {
    expect(await statuses((role) => as(role, method, path, body))).toEqual(
      Object.fromEntries(ROLES.map((role, at) => [role, expected[at] ?? 0])),
    );
  });

  test('a member changes their own keys, owners and administrators all', async () => {
    const mine = (await as('member', 'POST', '/keys', { name: 'mine' })).body.key.id;
    const theirs = (await as('owner', 'POST', '/keys', { name: 'theirs' })).body.key.id;
    const rename = (role: Role, id: string) => as(role, 'PATCH', `/keys/${id}`, { name: 'x' });
    expect((await rename('member', mine)).status).toBe(200);
    expect((await rename('member', theirs)).status).toBe(403);
    expect((await as('member', 'POST', `/keys/${theirs}/revoke`)).status).toBe(403);
    expect((await as('member', 'POST', `/keys/${theirs}/rotate`, {})).status).toBe(403);
    expect((await rename('administrator', mine)).status).toBe(200);
    expect((await rename('billing', mine)).status).toBe(403);
  });
});

describe('nobody acts on who stands above them', () => {
  const give = (by: Role, to: Role, role: Role) => as(by, 'PATCH', `/members/${people[to].userId}`, { role });

  test('an administrator neither makes nor unmakes owners', async () => {
    expect((await give('administrator', 'member', 'owner')).status).toBe(403);
    expect((await give('administrator', 'owner', 'member')).status).toBe(403);
    expect((await give('administrator', 'administrator', 'owner')).status).toBe(403);
    expect((await as('administrator', 'DELETE', `/members/${people.owner.userId}`)).status).toBe(403);
  });

  test('a member gives nobody a role, not themselves either', async () => {
    expect((await give('member', 'member', 'owner')).status).toBe(403);
    expect((await as('member', 'DELETE', `/members/${people.billing.userId}`)).status).toBe(403);
  });

  test('the last owner stays', async () => {
    const answers = [
      await give('owner', 'owner', 'member'),
      await as('owner', 'DELETE', `/members/${people.owner.userId}`),
    ];
    expect(answers.map(({ status, body }) => [status, body.error.code])).toEqual([
      [409, 'last-owner'],
      [409, 'last-owner'],
    ]);
  });

  test('an administrator of the installation does nothing to its owner', async () => {
    const owner = await api.person('installation-owner@example.com', 'owner');
    const lesser = await api.person('lesser@example.com', 'administrator');
    for (const edit of [{ role: 'user' }, { banned: true }]) {
      const answer = await api.ask(lesser, 'PATCH', `/operator/people/${owner.userId}`, edit);
      expect([answer.status, answer.body.error.code]).toEqual([422, 'owner-stays']);
    }
  });
});

test('whoever leaves is out: their keys are off and the team is gone for them', async () => {
  expectDone(await addMember(api.ports, teamId, stranger.userId, 'member'));
  const path = `/teams/${teamId}`;
  const key = (await api.ask(stranger, 'POST', `${path}/keys`, { name: 'k' })).body.key.id;
  expect((await api.ask(stranger, 'DELETE', `${path}/members/${stranger.userId}`)).status).toBe(200);
  expect((await api.ask(stranger, 'GET', path)).status).toBe(404);
  expect((await as('owner', 'GET', `/keys/${key}`)).body.state).toBe('disabled');
});

test('who was signed out is nobody', async () => {
  api.signOut(people.billing);
  expect((await as('billing', 'GET', '/home')).status).toBe(401);
});
