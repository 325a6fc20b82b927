import { expect, test } from 'bun:test';
import type { Key } from '../../../src/http/api/wire/keys.ts';
import { draftOf, editOf, NEW_DRAFT, readDraft } from './key-draft.ts';

const KEY: Key = {
  id: 'k',
  name: 'laptop',
  redacted: 'xai-...b14o',
  state: 'active',
  maker: { userId: 'u', name: null },
  isOwn: true,
  acls: ['api-key:model:grok-beta', 'api-key:endpoint:*'],
  limits: {
    requestsPerSecond: null,
    requestsPerMinute: 30,
    requestsPerHour: null,
    tokensPerMinute: null,
    requestsInFlight: null,
  },
  spendLimits: { perDayTicks: null, perMonthTicks: '25000000001' },
  allowedNetworks: ['10.0.0.0/8'],
  spentThisMonthTicks: '0',
  spentTodayTicks: '0',
  lastUsedAtMs: null,
  expiresAtMs: 1_000,
  revokedAtMs: null,
  followsKeyId: null,
  createdAtMs: 0,
  modifiedAtMs: 0,
};
const NOW_MS = Date.UTC(2026, 10, 29);

test('a name alone makes a key that reaches everything and never ends', () => {
  expect(readDraft({ ...NEW_DRAFT, name: ' laptop ' }, NOW_MS)).toMatchObject({
    name: 'laptop',
    acls: ['api-key:model:*', 'api-key:endpoint:*'],
    spendLimits: { perDayTicks: null, perMonthTicks: null },
    allowedNetworks: [],
    expiresAtMs: null,
  });
});

test('what was typed is read exactly, and what cannot be read is named', () => {
  const draft = { ...NEW_DRAFT, name: 'a' };
  const limits = { ...draft.limits, requestsPerHour: '1,200' };
  expect(readDraft({ ...draft, limits }, NOW_MS)).toMatchObject({ limits: { requestsPerHour: 1_200 } });
  expect(readDraft({ ...draft, spends: { ...draft.spends, perDayTicks: '0.1' } }, NOW_MS)).toMatchObject({
    spendLimits: { perDayTicks: '1000000000' },
  });
  expect(readDraft({ ...draft, networks: '10.0.0.0/8\n\n ::1, 192.0.2.1' }, NOW_MS)).toMatchObject({
    allowedNetworks: ['10.0.0.0/8', '::1', '192.0.2.1'],
  });
  expect(readDraft({ ...draft, expiry: { kind: 'days', days: 30 } }, NOW_MS)).toMatchObject({
    expiresAtMs: NOW_MS + 30 * 86_400_000,
  });
  expect(readDraft({ ...draft, name: ' ' }, NOW_MS)).toBe('name');
  expect(readDraft({ ...draft, models: [] }, NOW_MS)).toBe('models');
  expect(readDraft({ ...draft, limits: { ...limits, tokensPerMinute: '1.5' } }, NOW_MS)).toBe('limits');
  expect(readDraft({ ...draft, spends: { ...draft.spends, perMonthTicks: '$' } }, NOW_MS)).toBe('spends');
  expect(readDraft({ ...draft, expiry: { kind: 'date', day: '' } }, NOW_MS)).toBe('expiry');
});

test('an edit says what is changed and nothing else', () => {
  const draft = draftOf(KEY);
  // The key has ended long ago: its moment must not be sent again, or the edit would be refused.
  expect(editOf(KEY, draft, NOW_MS)).toBeUndefined();
  expect(editOf(KEY, { ...draft, name: 'desk' }, NOW_MS)).toEqual({ name: 'desk' });
  expect(editOf(KEY, { ...draft, expiry: { kind: 'never' } }, NOW_MS)).toEqual({ expiresAtMs: null });
  expect(editOf(KEY, { ...draft, spends: { ...draft.spends, perMonthTicks: '' } }, NOW_MS)).toEqual({
    spendLimits: { perDayTicks: null, perMonthTicks: null },
  });
  expect(editOf(KEY, { ...draft, models: null }, NOW_MS)).toEqual({
    acls: ['api-key:model:*', 'api-key:endpoint:*'],
  });
});
