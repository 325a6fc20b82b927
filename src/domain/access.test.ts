import { expect, test } from 'bun:test';
import { ENDPOINT_NAMES, isAcl, mayUseEndpoint, mayUseModel, UNRESTRICTED_ACLS } from './access.ts';

test('a key without an entry of a kind reaches nothing of that kind', () => {
  expect(mayUseModel([], 'grok-beta')).toBe(false);
  expect(mayUseModel(['api-key:endpoint:*'], 'grok-beta')).toBe(false);
  expect(mayUseEndpoint(['api-key:model:*'], 'chat')).toBe(false);
});

test('an entry opens what it names and nothing else', () => {
  const acls = ['api-key:model:grok-beta', 'api-key:endpoint:chat'];
  expect(mayUseModel(acls, 'grok-beta')).toBe(true);
  for (const other of ['grok-beta-2', 'grok', 'GROK-BETA', '*', ''])
    expect(mayUseModel(acls, other)).toBe(false);
  expect(ENDPOINT_NAMES.filter((endpoint) => mayUseEndpoint(acls, endpoint))).toEqual(['chat']);
});

test('a model cannot be named so that an entry of the other kind opens it', () => {
  expect(mayUseModel(['api-key:endpoint:chat'], 'endpoint:chat')).toBe(false);
});

test('an unrestricted key reaches everything', () => {
  expect(mayUseModel(UNRESTRICTED_ACLS, 'anything')).toBe(true);
  expect(ENDPOINT_NAMES.every((endpoint) => mayUseEndpoint(UNRESTRICTED_ACLS, endpoint))).toBe(true);
  expect(UNRESTRICTED_ACLS.every(isAcl)).toBe(true);
});

test.each([
  'api-key:model:grok-beta',
  'api-key:model:org/model:free@2024-11',
  'api-key:endpoint:tokenize',
  'api-key:endpoint:*',
])('%s is an entry', (text) => {
  expect(isAcl(text)).toBe(true);
});

test.each([
  '',
  '*',
  'api-key:*',
  'api-key:model:',
  'api-key:model:**',
  'api-key:model:grok*',
  'api-key:model:a b',
  'api-key:model:grok-beta\n',
  ' api-key:model:*',
  'api-key:endpoint:Chat',
  'api-key:team:*',
  'model:*',
  `api-key:model:${'a'.repeat(129)}`,
  `api-key:endpoint:${'a'.repeat(41)}`,
])('%j is none', (text) => {
  expect(isAcl(text)).toBe(false);
});
