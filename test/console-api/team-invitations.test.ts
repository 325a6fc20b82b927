import { beforeEach, describe, expect, test } from 'bun:test';
import type { ApiPorts } from '../../src/http/api/api-ports.ts';
import { addMember } from '../../src/identity/add-member.ts';
import type { Mail } from '../../src/ports/mailer.ts';
import { openMemoryStorage } from '../../src/storage/memory/storage.ts';
import { expectDone } from '../fakes/test-accounts.ts';
import { openTestApi, type TestAnswer, type TestApi, type TestPerson } from '../fakes/test-api.ts';

/** People are asked before they are in a team, and nobody learns from it who has an account. */

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

let letters: Mail[];
let api: TestApi;
let owner: TestPerson;
let teamId: string;

function open(kind: 'server' | 'folder') {
  letters = [];
  const mailer = { kind, place: 'x', post: (mail: Mail) => void letters.push(mail) };
  const mail = { mailer, host: 'llm.example.com' } as unknown as ApiPorts['mail'];
  api = openTestApi(openMemoryStorage(), { mail });
}

beforeEach(async () => {
  open('server');
  await begin();
});

async function begin(): Promise<void> {
  owner = await api.person('owner@example.com');
  teamId = (await api.ask(owner, 'POST', '/teams', { name: 'Magrathea <b>' })).body.id;
}

const invite = (email: string, role = 'member', by = owner) =>
  api.ask(by, 'POST', `/teams/${teamId}/invitations`, { email, role });
const waiting = async () => (await api.ask(owner, 'GET', `/teams/${teamId}/invitations`)).body;
const asked = async (person: TestPerson) => (await api.ask(person, 'GET', '/me')).body.invitations;
const answer = (person: TestPerson, method: 'POST' | 'DELETE', id: string) =>
  api.ask(person, method, `/me/invitations/${id}`);
const actions = async () =>
  (await api.ports.activity.list({}, { limit: 20 })).rows.map(({ action, organizationId }) => [
    action,
    organizationId,
  ]);
const tell = ({ status, body }: TestAnswer) => [status, body.error?.code];

describe('somebody who has an account', () => {
  test('is in the team when they accept, and not before', async () => {
    const trillian = await api.person('trillian@example.com');
    await api.ask(trillian, 'PATCH', '/me', { language: 'zh' });
    const { body: invited } = await invite(' Trillian@Example.com ', 'billing');
    expect((await api.ask(trillian, 'GET', `/teams/${teamId}/home`)).status).toBe(404);
    expect(letters).toHaveLength(1);
    expect(letters[0]).toMatchObject({ to: 'trillian@example.com', subject: 'Turnpike：邀请您加入团队' });
    expect(letters[0]?.text).toContain('owner@example.com');
    // Of what somebody wrote, nothing goes to strangers.
    expect(letters[0]?.text).not.toContain('Magrathea');
    expect(await asked(trillian)).toEqual([
      {
        ...{ id: invited.id, team: 'Magrathea <b>', role: 'billing', invitedBy: 'owner@example.com' },
        expiresAtMs: invited.expiresAtMs,
      },
    ]);
    expect((await answer(trillian, 'POST', invited.id)).body).toMatchObject({ id: teamId, role: 'billing' });
    expect((await api.ask(trillian, 'GET', `/teams/${teamId}/home`)).status).toBe(200);
    expect(await asked(trillian)).toEqual([]);
    expect((await answer(trillian, 'POST', invited.id)).status).toBe(404);
    expect((await waiting()).rows).toEqual([]);
    expect((await actions()).slice(0, 2)).toEqual([
      ['invitation.accept', teamId],
      ['invitation.create', teamId],
    ]);
    expect(tell(await invite('trillian@example.com'))).toEqual([409, 'already-member']);
  });

  test('may decline, and then nothing has happened', async () => {
    const trillian = await api.person('trillian@example.com');
    const { id } = (await invite('trillian@example.com')).body;
    expect((await answer(trillian, 'DELETE', id)).status).toBe(200);
    expect((await answer(trillian, 'POST', id)).status).toBe(404);
    expect((await waiting()).rows).toEqual([]);
    expect((await api.ask(trillian, 'GET', `/teams/${teamId}`)).status).toBe(404);
    expect((await actions())[0]).toEqual(['invitation.decline', teamId]);
  });

  test('of another address neither sees it nor can use it', async () => {
    const [trillian, ford] = [await api.person('trillian@example.com'), await api.person('ford@example.com')];
    const { id } = (await invite('trillian@example.com')).body;
    expect(await asked(ford)).toEqual([]);
    for (const method of ['POST', 'DELETE'] as const)
      expect((await answer(ford, method, id)).status).toBe(404);
    expect(await asked(trillian)).toHaveLength(1);
  });

  test('and named an address that no letter has shown to be theirs is not asked', async () => {
    const claims = await api.person('trillian@example.com');
    const all = [{ field: 'id', operator: 'eq' as const, value: claims.userId }];
    const mark = (changes: Record<string, number>) =>
      api.ports.auth.update('user', { all, any: [] }, changes);
    await mark({ selfMade: 1 });
    const { id } = (await invite('trillian@example.com')).body;
    expect(await asked(claims)).toEqual([]);
    expect((await answer(claims, 'POST', id)).status).toBe(404);
    await mark({ emailVerified: 1 });
    expect(await asked(claims)).toHaveLength(1);
  });
});

describe('the inviter', () => {
  test('hears the same of an address that is known and of one that is not', async () => {
    await api.person('trillian@example.com');
    const shape = ({ status, body }: TestAnswer) => [status, { ...body, id: 'x', email: 'x' }];
    expect(shape(await invite('marvin@example.com'))).toEqual(shape(await invite('trillian@example.com')));
    const { rows } = await waiting();
    expect(rows.map(({ email }: { email: string }) => email)).toEqual([
      'trillian@example.com',
      'marvin@example.com',
    ]);
    expect(Object.keys(rows[0])).toEqual(Object.keys(rows[1]));
    // Registration is closed: the unknown one could do nothing with a letter.
    expect(letters.map(({ to }) => to)).toEqual(['trillian@example.com']);
  });

  test('manages the team, and only an owner invites owners', async () => {
    const [administrator, member] = [
      await api.person('administrator@example.com'),
      await api.person('member@example.com'),
    ];
    expectDone(await addMember(api.ports, teamId, administrator.userId, 'administrator'));
    expectDone(await addMember(api.ports, teamId, member.userId, 'member'));
    expect((await invite('a@example.com', 'member', member)).status).toBe(403);
    expect((await invite('a@example.com', 'owner', administrator)).status).toBe(403);
    expect((await invite('a@example.com', 'owner')).status).toBe(201);
    const personal = `/teams/${owner.team.id}/invitations`;
    const body = { email: 'a@example.com', role: 'member' };
    expect(tell(await api.ask(owner, 'POST', personal, body))).toEqual([422, 'personal-team']);
  });

  test('takes it back; after a week it is over by itself', async () => {
    const trillian = await api.person('trillian@example.com');
    const { id } = (await invite('trillian@example.com')).body;
    expect((await api.ask(owner, 'DELETE', `/teams/${teamId}/invitations/${id}`)).status).toBe(200);
    expect((await answer(trillian, 'POST', id)).status).toBe(404);
    const second = (await invite('trillian@example.com')).body;
    await api.clock.advance(7 * DAY_MS);
    expect(await asked(trillian)).toEqual([]);
    expect((await answer(trillian, 'POST', second.id)).status).toBe(404);
  });

  test('sends it again in the place of the first, but fills nobody’s mailbox', async () => {
    await api.person('trillian@example.com');
    const first = (await invite('trillian@example.com')).body;
    const second = (await invite('trillian@example.com', 'billing')).body;
    expect((await waiting()).rows).toEqual([second]);
    expect(second.id).not.toBe(first.id);
    expect((await invite('trillian+x@example.com')).status).toBe(201);
    expect(tell(await invite('trillian@example.com'))).toEqual([429, 'too-many-attempts']);
    await api.clock.advance(HOUR_MS);
    expect((await invite('trillian@example.com')).status).toBe(201);
  });

  test('has twenty out at once', async () => {
    for (let at = 0; at < 20; at += 1) expect((await invite(`p${at}@example.com`)).status).toBe(201);
    expect(tell(await invite('p20@example.com'))).toEqual([422, 'too-many-invitations']);
    expect((await waiting()).rows).toHaveLength(20);
  });
});

describe('somebody who has no account', () => {
  const tokenOf = (mail: Mail | undefined) => /#token=([\w-]{43})/.exec(mail?.text ?? '')?.[1] ?? 'none';
  const signUp = (token: string) =>
    api.ask(undefined, 'POST', '/sign-up', { token, name: 'Marvin', password: 'brain of a planet' });

  test('makes one by the letter where registration is open, and is in the team', async () => {
    await api.ports.settings.set('registration', 'open');
    await invite('marvin@example.com');
    const token = tokenOf(letters[0]);
    const made = await signUp(token);
    expect([made.status, made.body.email]).toEqual([200, 'marvin@example.com']);
    const team = (await api.ask(owner, 'GET', `/teams/${teamId}`)).body;
    expect(team.members.map(({ email }: { email: string }) => email)).toEqual([
      'owner@example.com',
      'marvin@example.com',
    ]);
    expect((await signUp(token)).status).toBe(409);
  });

  test.each([
    ['closed', ''],
    ['invite-only', ''],
    ['open', 'elsewhere.example'],
  ])('gets no way round registration that is %s (%s)', async (mode, domains) => {
    await api.ports.settings.set('registration', 'open');
    await invite('marvin@example.com');
    const token = tokenOf(letters[0]);
    await api.ports.settings.set('registration', mode);
    await api.ports.settings.set('registration-domains', domains);
    expect(tell(await signUp(token))).toEqual([422, 'registration-closed']);
    letters.length = 0;
    expect((await invite('arthur@example.com')).status).toBe(201);
    expect(letters).toEqual([]);
    // Once the operator has made them an account, they are asked as everybody is.
    expect(await asked(await api.person('arthur@example.com'))).toHaveLength(1);
  });
});

test('where no letter reaches anybody, people who have an account are asked all the same', async () => {
  open('folder');
  await begin();
  await api.ports.settings.set('registration', 'open');
  const trillian = await api.person('trillian@example.com');
  const all = [{ field: 'id', operator: 'eq' as const, value: trillian.userId }];
  await api.ports.auth.update('user', { all, any: [] }, { selfMade: 1 });
  await invite('trillian@example.com');
  await invite('marvin@example.com');
  expect(await waiting()).toMatchObject({ hasMail: false, takesNewcomers: false });
  expect(letters.map(({ to }) => to)).toEqual(['trillian@example.com']);
  expect(await asked(trillian)).toHaveLength(1);
});
