import { beforeAll, describe, expect, test } from 'bun:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import { openMemoryStorage } from '../../src/storage/memory/storage.ts';
import { openTestApi, type TestApi, type TestPerson } from '../fakes/test-api.ts';

/** What every route of the console API has in common: who comes in, with what, and what is answered to the rest. */

let api: TestApi;
let arthur: TestPerson;

beforeAll(async () => {
  api = openTestApi(openMemoryStorage());
  arthur = await api.person('arthur@example.com');
});

const codeOf = async (response: Response) => (await response.json()).error.code;

describe('a request that changes something comes from a page of this server', () => {
  const patch = (headers: Record<string, string>) =>
    api.raw('/me', {
      method: 'PATCH',
      headers: { 'content-type': 'application/json', 'x-test-person': arthur.userId, ...headers },
      body: '{"theme":"dark"}',
    });

  test.each([
    ['the origin is another site', { host: 'llm.example.com', origin: 'https://evil.example' }],
    ['the origin is opaque', { host: 'llm.example.com', origin: 'null' }],
    ['the origin only begins alike', { host: 'llm.example.com', origin: 'https://llm.example.com.evil' }],
    ['the browser calls it cross-site', { host: 'llm.example.com', 'sec-fetch-site': 'cross-site' }],
    ['the browser calls it same-site', { host: 'llm.example.com', 'sec-fetch-site': 'same-site' }],
    ['nothing says where it comes from', { host: 'llm.example.com' }],
  ])('%s: refused', async (_, headers) => {
    const response = await patch(headers);
    expect(response.status).toBe(403);
    expect(await codeOf(response)).toBe('foreign-origin');
    expect((await api.ask(arthur, 'GET', '/me')).body.preferences.theme).toBeNull();
  });

  test.each([
    ['by its origin', { host: 'llm.example.com', origin: 'https://llm.example.com' }],
    ['by what the browser says', { 'sec-fetch-site': 'same-origin' }],
  ])('%s: taken', async (_, headers) => {
    expect((await patch(headers)).status).toBe(200);
  });

  test('a form cannot speak JSON, so nothing else is taken', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', '']) {
      const response = await patch({ 'sec-fetch-site': 'same-origin', 'content-type': type });
      expect([type, response.status]).toEqual([type, 415]);
    }
  });
});

describe('bodies', () => {
  test.each([
    ['a member that is not known', { name: 'A', role: 'owner' }, 'unknown-field', 'role'],
    ['a value of another type', { name: 7 }, 'bad-field', 'name'],
    ['a value that is not on the list', { theme: 'pink' }, 'bad-field', 'theme'],
  ])('%s is refused and named', async (_, body, code, field) => {
    const answer = await api.ask(arthur, 'PATCH', '/me', body);
    expect([answer.status, answer.body.error.code, answer.body.error.field]).toEqual([400, code, field]);
  });

  test('__proto__ is a member like others and not known', async () => {
    const response = await api.raw('/me', {
      method: 'PATCH',
      headers: {
        'content-type': 'application/json',
        'sec-fetch-site': 'same-origin',
        'x-test-person': arthur.userId,
      },
      body: '{"__proto__":{"role":"owner"},"constructor":{"prototype":{"role":"owner"}}}',
    });
    expect(response.status).toBe(400);
    expect(({} as { role?: string }).role).toBeUndefined();
  });

  test('a body that is too large is not read', async () => {
    const answer = await api.ask(arthur, 'PATCH', '/me', { name: 'x'.repeat(200_000) });
    expect([answer.status, answer.body.error.code]).toEqual([413, 'body-too-large']);
  });

  test('what is not JSON is said to be that', async () => {
    const response = await api.raw('/me', {
      method: 'PATCH',
      headers: {
        'content-type': 'application/json',
        'sec-fetch-site': 'same-origin',
        'x-test-person': arthur.userId,
      },
      body: '{"name":',
    });
    expect([response.status, await codeOf(response)]).toEqual([400, 'malformed-json']);
  });
});

describe('answers', () => {
  test('are in the language of the browser until the person chooses one', async () => {
    const asked = { 'accept-language': 'zh-CN', 'x-test-person': 'nobody' };
    const nobody = await (await api.raw('/me', { headers: asked })).json();
    expect(nobody.error.message).toContain('登录');
    const trillian = await api.person('trillian@example.com');
    await api.ask(trillian, 'PATCH', '/me', { language: 'zh' });
    const english = { 'accept-language': 'en', 'x-test-person': trillian.userId };
    const refused = await api.raw('/teams/no-such-team/keys', { headers: english });
    expect((await refused.json()).error.message).toBe('这里没有内容。');
  });

  test('are kept by no cache', async () => {
    const response = await api.raw('/me', { headers: { 'x-test-person': arthur.userId } });
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  test.each([
    ['GET', '/nowhere', 404, 'not-found'],
    ['DELETE', '/me', 405, 'wrong-method'],
  ])('%s %s is %d', async (method, path, status, code) => {
    const answer = await api.ask(arthur, method, path);
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
  });
});

test('the description is OpenAPI 3.1, and every reference in it leads somewhere', async () => {
  const document = await (await api.raw('/openapi.json', {})).json();
  const { valid, errors } = await new Validator().validate(document);
  expect([valid, errors]).toEqual([true, undefined]);
  const names = Object.keys(document.components.schemas);
  for (const [, name] of JSON.stringify(document).matchAll(/#\/components\/schemas\/(\w+)/g))
    expect(names).toContain(name ?? '');
});

test('the description names every route that is served', async () => {
  const document = await (await api.raw('/openapi.json', {})).json();
  const described = Object.entries<Record<string, unknown>>(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const served = api.routes.map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`);
  expect(described.sort()).toEqual(served.sort());
});
