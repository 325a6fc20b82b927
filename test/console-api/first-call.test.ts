import { beforeEach, describe, expect, test } from 'bun:test';
import { createKey } from '../../src/console/create-key.ts';
import { openMemoryStorage } from '../../src/storage/memory/storage.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { settled } from '../fakes/manual-clock.ts';
import { expectDone } from '../fakes/test-accounts.ts';
import { openTestApi, type TestApi, type TestPerson } from '../fakes/test-api.ts';
import { usedRequest } from './used-request.ts';

/** From a new key to its first answer. */

let storage: Storage;
let api: TestApi;
let arthur: TestPerson;
let key: { readonly id: string; readonly organizationId: string; readonly userId: string };

beforeEach(async () => {
  storage = openMemoryStorage();
  api = openTestApi(storage);
  arthur = await api.person('arthur@example.com');
  const holder = { organizationId: arthur.team.id, userId: arthur.userId, name: 'first key' };
  key = expectDone(await createKey({ ...api.ports, actor: 'test' }, holder)).key;
});

const path = () => `/teams/${arthur.team.id}/keys/${key.id}/first-request`;

/** What a page reads until the answer ends, while the clock goes on. */
async function wait(meanwhile: () => Promise<unknown>): Promise<string> {
  const answering = api.ask(arthur, 'GET', path());
  for (let turn = 0; turn < 20; turn += 1) await settled();
  await meanwhile();
  let text: string | undefined;
  void answering.then((answer) => {
    text = answer.text;
  });
  for (let looks = 0; text === undefined && looks < 20; looks += 1) await api.clock.advance(500);
  return text ?? 'nothing came';
}

describe('waiting for the first request of a key', () => {
  test('it is told when it comes, and that is the end', async () => {
    const text = await wait(() => usedRequest(storage, key, api.clock.nowMs()));
    expect(text.match(/event: request/g)).toHaveLength(1);
    expect(JSON.parse(/^data: (.*)$/m.exec(text)?.[1] ?? '')).toMatchObject({ model: 'grok-beta' });
  });

  test('one that came before the page was opened again is told at once', async () => {
    await usedRequest(storage, key, api.clock.nowMs());
    expect(await wait(async () => {})).toContain('event: request');
  });

  test('requests of other keys are not it', async () => {
    const other = { ...key, id: 'another' };
    expect(await wait(() => usedRequest(storage, other, api.clock.nowMs()))).toBe('nothing came');
  });

  test('a key of somebody else is none', async () => {
    const ford = await api.person('ford@example.com');
    const foreign = await api.ask(ford, 'GET', `/teams/${ford.team.id}/keys/${key.id}/first-request`);
    expect(foreign.status).toBe(404);
  });
});

test('the settings of clients name this server and no key', async () => {
  const { body, text } = await api.ask(arthur, 'GET', `/teams/${arthur.team.id}/client-settings`);
  expect(body.rows[0]).toMatchObject({ client: 'curl', kind: 'text' });
  expect(text).toContain('https://llm.example.com/v1/chat/completions');
  expect(text).not.toContain('xai-');
});

describe('the model on this machine', () => {
  const state = async (method: string, body?: object) =>
    (await api.ask(zaphod, method, '/operator/local-model', body)).body;
  let zaphod: TestPerson;
  beforeEach(async () => {
    zaphod = await api.person('zaphod@example.com', 'owner');
  });

  test('is fetched when it is asked for, and says why it could not be had', async () => {
    expect(await state('GET')).toMatchObject({ phase: 'off' });
    await state('POST', { order: 'begin' });
    for (let turn = 0; turn < 20; turn += 1) await settled();
    expect(await state('GET')).toMatchObject({ phase: 'failed', fault: 'failed' });
  });

  test('is nobody’s but the operator’s', async () => {
    expect((await api.ask(arthur, 'POST', '/operator/local-model', { order: 'begin' })).status).toBe(404);
  });
});
