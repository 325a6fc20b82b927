import { beforeAll, expect, test } from 'bun:test';
import { answerChat } from '../../src/gateway/pipeline.ts';
import { openTestApi, type TestApi, type TestPerson } from '../fakes/test-api.ts';
import { HELLO, openTestGateway, wholeAnswer } from '../fakes/test-gateway.ts';

/** The playground is the gateway, with the person who is signed in in the place of a key. */

const USAGE = { prompt_tokens: 10, completion_tokens: 2, total_tokens: 12 };
const COST_TICKS = 10n * 50_000n + 2n * 150_000n;
const SIGN_UP_TICKS = 250_000_000_000n;

let gateway: Awaited<ReturnType<typeof openTestGateway>>;
let api: TestApi;
let arthur: TestPerson;
const call = (person: TestPerson, teamId = arthur.team.id) =>
  api.ask(person, 'POST', `/teams/${teamId}/playground/chat/completions`, HELLO);

beforeAll(async () => {
  gateway = await openTestGateway();
  gateway.upstream.onCall = (asked) => asked.answer(200, wholeAnswer('forty two', USAGE));
  api = openTestApi(gateway.storage, {
    answerPerson: (request) => answerChat(gateway.gateway, { ...request, credential: undefined }),
  });
  arthur = await api.person('arthur@example.com');
});

test('a call is answered as at /v1, charged to the team and recorded as the console’s', async () => {
  const answer = await call(arthur);
  expect(answer.status).toBe(200);
  expect(answer.body).toMatchObject({
    choices: [{ message: { content: 'forty two' } }],
    usage: { cost_in_usd_ticks: Number(COST_TICKS) },
  });
  const base = `/teams/${arthur.team.id}`;
  const { rows } = (await api.ask(arthur, 'GET', `${base}/requests`)).body;
  expect(rows).toMatchObject([{ source: { kind: 'console', keyId: null, userId: arthur.userId } }]);
  const credit = (await api.ask(arthur, 'GET', `${base}/credit`)).body;
  expect(credit.availableTicks).toBe(String(SIGN_UP_TICKS - COST_TICKS));
});

test('what the gateway refuses, it says as at /v1', async () => {
  const path = `/teams/${arthur.team.id}/playground/chat/completions`;
  const answer = await api.ask(arthur, 'POST', path, { ...HELLO, model: 'nobody' });
  expect([answer.status, answer.body.error]).toEqual([404, expect.stringContaining('nobody')]);
});

test('strangers, whoever only pays, and members of a blocked team call nothing', async () => {
  const ford = await api.person('ford@example.com');
  expect((await call(ford)).status).toBe(404);
  await gateway.storage.accounts.setMemberRole(ford.team.id, ford.userId, 'billing');
  expect((await call(ford, ford.team.id)).status).toBe(403);
  await gateway.storage.accounts.setOrganizationBlocked(arthur.team.id, true);
  const blocked = await call(arthur);
  expect([blocked.status, blocked.body.error]).toEqual([403, expect.stringContaining('blocked')]);
  await gateway.storage.accounts.setOrganizationBlocked(arthur.team.id, false);
  await gateway.storage.accounts.setUserBanned(arthur.userId, true);
  expect((await call(arthur)).body.error).toContain('signed out');
  await gateway.storage.accounts.setUserBanned(arthur.userId, false);
  expect((await call(arthur)).status).toBe(200);
});
