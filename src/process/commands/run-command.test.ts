import { expect, test } from 'bun:test';
import { openTestAccounts, replacing } from '../../../test/fakes/test-accounts.ts';
import { StorageUnavailable } from '../../storage/storage-error.ts';
import { bunPasswords } from '../bun-passwords.ts';
import type { JsonObject } from './json-value.ts';
import { type CommandAnswer, createCommandRunner } from './run-command.ts';

function openCommands(ports = openTestAccounts()) {
  const errors: unknown[] = [];
  const context = {
    ...ports,
    passwords: bunPasswords,
    dataDir: '/nowhere',
    engine: 'memory',
    upkeep: undefined,
    rebuild: async () => {},
    processId: undefined,
    mail: undefined,
    diagnose: async () => [],
    fixedSettings: new Map(),
    ownUrl: () => 'http://127.0.0.1:7070',
  };
  const run = createCommandRunner(context, { error: (...line) => void errors.push(line) });
  return { ports, errors, run: (command: string, input: JsonObject = {}) => run({ command, input }) };
}

function doneWith(answer: CommandAnswer): JsonObject {
  if (answer.outcome !== 'done') throw new Error(JSON.stringify(answer));
  return answer.value;
}

test('a person, a key, a bill: the answers are plain JSON with exact money', async () => {
  const { run } = openCommands();
  const user = doneWith(await run('users create', { email: 'arthur@example.com' }));
  expect(user).toMatchObject({ available_ticks: '250000000000', available_usd: '25.00', role: 'user' });
  const key = doneWith(await run('keys create', { name: 'laptop', rpm: 5, model: ['*'] }));
  expect(key).toMatchObject({ team_id: user.team_id, state: 'active', limits: { requests_per_minute: 5 } });
  const listed = doneWith(await run('keys list'));
  expect(JSON.stringify(listed)).not.toContain(String(key.key).slice(4, 40));
  expect(JSON.stringify(listed)).not.toMatch(/[0-9a-f]{64}/);
  expect(doneWith(await run('credit withdraw', { amount: '95000000' }))).toMatchObject({
    amount_usd: '0.0095',
  });
  expect(doneWith(await run('credit balance'))).toMatchObject({ available_usd: '24.9905', held_usd: '0.00' });
  expect(doneWith(await run('credit statement'))).toMatchObject({
    rows: [
      { kind: 'withdrawal', amount_ticks: '-95000000', amount_usd: '-0.0095', reason: 'operator' },
      { kind: 'grant', amount_usd: '25.00', reason: 'sign-up' },
    ],
    next_cursor: null,
  });
  const again = JSON.parse(JSON.stringify(doneWith(await run('audit'))));
  expect(again).toMatchObject({
    findings: [],
    granted_ticks: '-249905000000',
    available_ticks: '249905000000',
  });
});

test('what was changed is written down, without its secrets; what was only looked at is not', async () => {
  const { ports, run } = openCommands();
  await run('users create', { email: 'arthur@example.com' });
  await run('channels add', {
    name: 'deep',
    baseUrl: 'https://deep.example',
    key: 'very-secret',
    model: ['*'],
  });
  await run('channels list');
  await run('channels add', { name: 'deep', baseUrl: 'https://deep.example', model: ['*'] });
  const { rows } = await ports.activity.list({}, { limit: 10 });
  expect(rows.map(({ actor, action, subject }) => [actor, action, subject])).toEqual([
    ['operator', 'channels add', 'deep'],
    ['operator', 'users create', 'arthur@example.com'],
  ]);
  expect(rows[0]?.changes).toContainEqual({ field: 'key', before: null, after: '•••' });
  expect(JSON.stringify(rows)).not.toContain('very-secret');
});

test('of several teams one must be named; a key is found in any', async () => {
  const { run } = openCommands();
  expect(await run('credit balance')).toMatchObject({ refusal: { code: 'no-team-yet' } });
  await run('users create', { email: 'a@example.com' });
  await run('users create', { email: 'b@example.com' });
  expect(await run('credit balance')).toMatchObject({
    refusal: { code: 'team-not-named', facts: { teams: 2 } },
  });
  const { key, id } = doneWith(await run('keys create', { name: 'k', user: 'b@example.com' }));
  expect(doneWith(await run('keys show', { key: id ?? '' }))).toMatchObject({ id });
  expect(doneWith(await run('keys revoke', { key: key ?? '' }))).toMatchObject({ id, state: 'revoked' });
  expect(await run('keys show', { key: id ?? '', user: 'a@example.com' })).toMatchObject({
    outcome: 'refused',
  });
  const slip = `${String(key).slice(0, -1)}_`;
  const refused = JSON.stringify(await run('keys revoke', { key: slip }));
  expect(refused).toContain('unknown-key');
  expect(refused).not.toContain(slip.slice(4, 40));
});

test('an unknown command, parameter or value is not run', async () => {
  const { ports, run } = openCommands();
  const wrong = [
    ['users destroy', {}, { code: 'unknown-command' }],
    ['constructor', {}, { code: 'unknown-command' }],
    ['users create', {}, { code: 'wrong-input', parameter: 'email' }],
    ['users create', { email: 5 }, { code: 'wrong-input', parameter: 'email' }],
    ['users create', { email: 'a@b.c', role: 'king' }, { code: 'wrong-input', parameter: 'role' }],
    ['users create', { email: 'a@b.c', isAdmin: true }, { code: 'wrong-input', parameter: 'isAdmin' }],
    [
      'users create',
      JSON.parse('{"email":"a@b.c","__proto__":{"role":"owner"}}'),
      { code: 'wrong-input', parameter: '__proto__' },
    ],
    ['credit grant', { amount: '-5' }, { code: 'wrong-input', parameter: 'amount' }],
  ] as const;
  for (const [command, input, fault] of wrong)
    expect(await run(command, input)).toEqual({ outcome: 'fault', fault });
  expect(await ports.accounts.listUsers()).toEqual([]);
});

test('commands that change something run one after another', async () => {
  const { run } = openCommands();
  await run('users create', { email: 'owner@example.com' });
  await run('users create', { email: 'other@example.com' });
  await run('teams create', { name: 'Team', owner: 'owner@example.com' });
  await run('teams add-member', { team: 'team', user: 'other@example.com', role: 'owner' });
  // Each alone would be right; both at once would leave the team without an owner.
  const answers = await Promise.all([
    run('teams remove-member', { team: 'team', user: 'owner@example.com' }),
    run('teams remove-member', { team: 'team', user: 'other@example.com' }),
  ]);
  expect(answers.map(({ outcome }) => outcome)).toEqual(['done', 'refused']);
});

test('a database that does not answer and a bug are told apart, and neither tells of its inside', async () => {
  const ports = openTestAccounts();
  const fail = (error: Error) =>
    openCommands({
      ...ports,
      accounts: replacing(ports.accounts, { listUsers: () => Promise.reject(error) }),
    });
  const away = fail(new StorageUnavailable('deadline', 'unknown', 'secret detail'));
  expect(await away.run('users list')).toEqual({
    outcome: 'fault',
    fault: { code: 'storage', maybeDone: false },
  });
  const broken = fail(new Error('inside'));
  expect(await broken.run('users list')).toEqual({ outcome: 'fault', fault: { code: 'internal' } });
  expect(broken.errors).toEqual([['command-failed', { command: 'users list', reason: 'inside' }]]);
});

test('a change that may have been made is said to be so', async () => {
  const ports = openTestAccounts();
  const createUser = () => Promise.reject(new StorageUnavailable('deadline', 'unknown', 'no answer'));
  const { run } = openCommands({ ...ports, accounts: replacing(ports.accounts, { createUser }) });
  expect(await run('users create', { email: 'a@b.c' })).toEqual({
    outcome: 'fault',
    fault: { code: 'storage', maybeDone: true },
  });
});
