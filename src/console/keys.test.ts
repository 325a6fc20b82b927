import { expect, test } from 'bun:test';
import {
  codeOf,
  expectDone,
  makeUser,
  openTestAccounts,
  replacing,
  type TestAccounts,
} from '../../test/fakes/test-accounts.ts';
import { isApiKey } from '../domain/api-key.ts';
import { setUserBanned } from '../identity/ban-user.ts';
import { setTeamBlocked } from '../identity/block-team.ts';
import { StorageUnavailable } from '../storage/storage-error.ts';
import { adoptKey } from './adopt-key.ts';
import { createKey } from './create-key.ts';
import { editKey } from './edit-key.ts';
import { rotateKey } from './rotate-key.ts';
import { expireKey, revokeKey, setKeyDisabled } from './stop-key.ts';

async function withKey() {
  const ports = openTestAccounts();
  const { user, team } = await makeUser(ports);
  const made = expectDone(
    await createKey(ports, { organizationId: team.id, userId: user.id, name: 'laptop' }),
  );
  ports.changes.length = 0;
  return { ports, user, team, ...made };
}

async function stored(ports: TestAccounts, teamId: string): Promise<string> {
  return JSON.stringify(await ports.keys.list(teamId), (_, value) =>
    typeof value === 'bigint' ? String(value) : value,
  );
}

test('a key is answered once and stored as a hash', async () => {
  const { ports, team, key, text } = await withKey();
  expect(isApiKey(text)).toBe(true);
  expect(await stored(ports, team.id)).not.toContain(text.slice(4, 40));
  expect(await ports.keys.findByHash(ports.sha256(text))).toMatchObject({ id: key.id, name: 'laptop' });
  expect(key.redacted).toBe(`xai-...${text.slice(-4)}`);
  expect(key.acls).toEqual(['api-key:model:*', 'api-key:endpoint:*']);
});

test('two keys are never alike', async () => {
  const { ports, user, team, text } = await withKey();
  const other = expectDone(
    await createKey(ports, { organizationId: team.id, userId: user.id, name: 'laptop' }),
  );
  expect(other.text).not.toBe(text);
});

test('a key needs a member of its team who is not shut out', async () => {
  const { ports, user, team } = await withKey();
  const stranger = await makeUser(ports, 'ford@example.com');
  const make = (organizationId: string, userId: string) =>
    createKey(ports, { organizationId, userId, name: 'x' }).then(codeOf);
  expect(await make(team.id, stranger.user.id)).toBe('not-a-member');
  expect(await make('no-team', user.id)).toBe('unknown-team');
  expect(await make(team.id, 'nobody')).toBe('unknown-user');
  await setTeamBlocked(ports, team.id, true);
  expect(await make(team.id, user.id)).toBe('team-is-blocked');
  await setUserBanned(ports, user.id, true);
  expect(await make(team.id, user.id)).toBe('user-is-banned');
});

test('names, access lists, limits and expiry are checked, in a new key and in a changed one', async () => {
  const { ports, user, team, key } = await withKey();
  const nowMs = ports.clock.nowMs();
  const wrong = [
    [{ name: 'a\u001b[2Jb' }, 'bad-name'],
    [{ acls: ['api-key:model:grok beta'] }, 'bad-acl'],
    [{ acls: ['team:*'] }, 'bad-acl'],
    [{ acls: ['api-key:endpoint:CHAT'] }, 'bad-acl'],
    [{ acls: Array.from({ length: 201 }, (_, index) => `api-key:model:m${index}`) }, 'too-many-acls'],
    [{ limits: { requestsPerMinute: 0 } }, 'bad-limit'],
    [{ limits: { requestsPerSecond: 1.5 } }, 'bad-limit'],
    [{ limits: { tokensPerMinute: 2 ** 60 } }, 'bad-limit'],
    [{ spendLimits: { perDayTicks: 0n } }, 'bad-spend-limit'],
    [{ spendLimits: { perMonthTicks: 2n ** 60n } }, 'bad-spend-limit'],
    [{ allowedNetworks: ['10.0.0.1/8'] }, 'bad-network'],
    [{ allowedNetworks: ['localhost'] }, 'bad-network'],
    [{ allowedNetworks: Array.from({ length: 51 }, (_, index) => `10.0.0.${index}`) }, 'too-many-networks'],
    [{ expiresAtMs: nowMs }, 'moment-past'],
    [{ expiresAtMs: Number.NaN }, 'moment-past'],
  ] as const;
  for (const [edit, code] of wrong) {
    const request = { organizationId: team.id, userId: user.id, name: 'x', ...edit };
    expect(codeOf(await createKey(ports, request))).toBe(code);
    expect(codeOf(await editKey(ports, team.id, key.id, edit))).toBe(code);
  }
  expect(await ports.keys.find(team.id, key.id)).toEqual(key);
});

test('limits are changed one by one, and null takes one away', async () => {
  const { ports, team, key } = await withKey();
  await editKey(ports, team.id, key.id, { limits: { requestsPerMinute: 5, tokensPerMinute: 1000 } });
  const edited = expectDone(
    await editKey(ports, team.id, key.id, { limits: { requestsPerMinute: null }, name: '笔记本' }),
  );
  expect(edited).toMatchObject({ name: '笔记本', limits: { tokensPerMinute: 1000 } });
  expect(edited.limits).not.toHaveProperty('requestsPerMinute');
  expect(ports.changes).toEqual([
    { kind: 'key', id: key.id },
    { kind: 'key', id: key.id },
  ]);
});

test('revoking is for ever', async () => {
  const { ports, team, key } = await withKey();
  const revoked = expectDone(await revokeKey(ports, team.id, key.id));
  expect(revoked.revokedAtMs).toBe(ports.clock.nowMs());
  await ports.clock.advance(1_000);
  expect(codeOf(await setKeyDisabled(ports, team.id, key.id, false))).toBe('key-is-revoked');
  expect(codeOf(await editKey(ports, team.id, key.id, { name: 'back' }))).toBe('key-is-revoked');
  expect(codeOf(await expireKey(ports, team.id, key.id))).toBe('key-is-revoked');
  expect(expectDone(await revokeKey(ports, team.id, key.id)).revokedAtMs).toBe(revoked.revokedAtMs);
  expect((await ports.keys.find(team.id, key.id))?.revokedAtMs).toBe(revoked.revokedAtMs);
});

test('another team cannot see, change or stop a key', async () => {
  const { ports, team, key } = await withKey();
  const { team: foreign } = await makeUser(ports, 'ford@example.com');
  ports.changes.length = 0;
  const tries = [
    editKey(ports, foreign.id, key.id, { name: 'mine' }),
    setKeyDisabled(ports, foreign.id, key.id, true),
    expireKey(ports, foreign.id, key.id),
    revokeKey(ports, foreign.id, key.id),
  ];
  for (const result of await Promise.all(tries)) expect(codeOf(result)).toBe('unknown-key');
  expect(await ports.keys.find(team.id, key.id)).toEqual(key);
  expect(ports.changes).toEqual([]);
});

test('a change whose outcome nobody knows is announced all the same', async () => {
  const { ports, team, key } = await withKey();
  const change = () => Promise.reject(new StorageUnavailable('deadline', 'unknown', 'no answer'));
  const keys = replacing(ports.keys, { change });
  await expect(revokeKey({ ...ports, keys }, team.id, key.id)).rejects.toThrow('no answer');
  expect(ports.changes).toEqual([{ kind: 'key', id: key.id }]);
});

test('a given key is adopted once, and stays revoked', async () => {
  const { ports, user, team } = await withKey();
  const given = {
    organizationId: team.id,
    userId: user.id,
    name: 'First key',
    text: `xai-${'k'.repeat(80)}`,
  };
  const adopted = expectDone(await adoptKey(ports, given));
  expect(await adoptKey(ports, given)).toMatchObject({ id: adopted.id });
  expectDone(await revokeKey(ports, team.id, adopted.id));
  expect(await adoptKey(ports, given)).toMatchObject({ id: adopted.id, revokedAtMs: ports.clock.nowMs() });
  expect(await ports.keys.list(team.id)).toHaveLength(2);

  const { user: other, team: theirs } = await makeUser(ports, 'ford@example.com');
  const stolen = { ...given, organizationId: theirs.id, userId: other.id };
  expect(codeOf(await adoptKey(ports, stolen))).toBe('key-of-another-team');
  for (const text of [
    '',
    'xai-',
    `xai-${'k'.repeat(79)}`,
    `sk-${'k'.repeat(80)}`,
    ` ${given.text}`,
    `${given.text}\n`,
  ]) {
    expect(codeOf(await adoptKey(ports, { ...given, text }))).toBe('bad-key');
  }
});

test('a given key that is adopted twice at once is one key', async () => {
  const { ports, user, team } = await withKey();
  const given = {
    organizationId: team.id,
    userId: user.id,
    name: 'First key',
    text: `xai-${'k'.repeat(80)}`,
  };
  const [a, b] = await Promise.all([adoptKey(ports, given), adoptKey(ports, given)]);
  expect(expectDone(a).id).toBe(expectDone(b).id);
  expect(await ports.keys.list(team.id)).toHaveLength(2);
});

test('a key is followed by one that may do the same, and works on for the overlap', async () => {
  const { ports, team, key } = await withKey();
  const reach = {
    acls: ['api-key:model:grok-beta', 'api-key:endpoint:*'],
    limits: { requestsPerMinute: 5 },
    spendLimits: { perDayTicks: 7n, perMonthTicks: null },
    allowedNetworks: ['10.0.0.0/8'],
  };
  expectDone(await editKey(ports, team.id, key.id, reach));
  ports.changes.length = 0;
  const nowMs = ports.clock.nowMs();
  const rotated = expectDone(await rotateKey(ports, team.id, key.id, {}));
  expect(isApiKey(rotated.text)).toBe(true);
  expect(await stored(ports, team.id)).not.toContain(rotated.text.slice(4, 40));
  expect(rotated.key).toMatchObject({
    ...reach,
    name: 'laptop',
    userId: key.userId,
    followsKeyId: key.id,
    expiresAtMs: null,
    lastUsedAtMs: null,
  });
  expect(rotated.earlier).toMatchObject({ id: key.id, expiresAtMs: nowMs + 86_400_000, revokedAtMs: null });
  expect(await ports.keys.findByHash(ports.sha256(rotated.text))).toMatchObject({ id: rotated.key.id });
  // The server forgets both: it may remember that the new one was unknown.
  expect(new Set(ports.changes.map(({ id }) => id))).toEqual(new Set([key.id, rotated.key.id]));
});

test('a rotation may be repeated, ends a key at once when asked, and never lets one live longer', async () => {
  const { ports, team, key } = await withKey();
  const nowMs = ports.clock.nowMs();
  expectDone(await editKey(ports, team.id, key.id, { expiresAtMs: nowMs + 1_000 }));
  const first = expectDone(await rotateKey(ports, team.id, key.id, { overlapMs: 60_000 }));
  expect(first.earlier.expiresAtMs).toBe(nowMs + 1_000);
  const second = expectDone(await rotateKey(ports, team.id, first.key.id, { overlapMs: 0 }));
  expect(second.earlier.expiresAtMs).toBe(nowMs);
  expect(second.key.followsKeyId).toBe(first.key.id);
  const third = expectDone(await rotateKey(ports, team.id, key.id, { expiresAtMs: nowMs + 5 }));
  expect(third.key).toMatchObject({ followsKeyId: key.id, expiresAtMs: nowMs + 5 });
});

test('what was revoked is not followed, what was disabled is followed by a disabled key', async () => {
  const { ports, team, key, user } = await withKey();
  for (const overlapMs of [-1, 0.5, Number.NaN, 91 * 86_400_000]) {
    expect(codeOf(await rotateKey(ports, team.id, key.id, { overlapMs }))).toBe('bad-overlap');
  }
  expect(codeOf(await rotateKey(ports, 'other-team', key.id, {}))).toBe('unknown-key');
  expectDone(await setKeyDisabled(ports, team.id, key.id, true));
  expect(expectDone(await rotateKey(ports, team.id, key.id, {})).key.disabled).toBe(true);
  expectDone(await revokeKey(ports, team.id, key.id));
  expect(codeOf(await rotateKey(ports, team.id, key.id, {}))).toBe('key-is-revoked');
  const other = expectDone(
    await createKey(ports, { organizationId: team.id, userId: user.id, name: 'other' }),
  );
  await setUserBanned(ports, user.id, true);
  expect(codeOf(await rotateKey(ports, team.id, other.key.id, {}))).toBe('user-is-banned');
});

test('spend limits are changed one by one, and an empty list of networks is every network', async () => {
  const { ports, team, key } = await withKey();
  const spendLimits = { perDayTicks: 5n, perMonthTicks: 50n };
  await editKey(ports, team.id, key.id, { spendLimits, allowedNetworks: ['::1', '::1', '10.0.0.0/8'] });
  const edited = expectDone(await editKey(ports, team.id, key.id, { spendLimits: { perDayTicks: null } }));
  expect(edited).toMatchObject({
    spendLimits: { perDayTicks: null, perMonthTicks: 50n },
    allowedNetworks: ['::1', '10.0.0.0/8'],
  });
  expect(expectDone(await editKey(ports, team.id, key.id, { allowedNetworks: [] })).allowedNetworks).toEqual(
    [],
  );
});
