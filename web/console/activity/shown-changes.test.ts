import { expect, test } from 'bun:test';
import { shownChanges } from './shown-changes.ts';

const change = (field: string, before: string | null, after: string | null, action = 'key.change') =>
  shownChanges({ action, subject: 'x', changes: [{ field, before, after }] });

test('members of members are told one by one, and what stayed is not told', () => {
  const before = '{"requestsPerMinute":60,"requestsPerHour":1200}';
  const after = '{"requestsPerMinute":90,"requestsPerHour":1200,"requestsInFlight":4}';
  expect(change('limits', before, after)).toEqual([
    { field: 'requestsPerMinute', kind: 'count', before: '60', after: '90' },
    { field: 'requestsInFlight', kind: 'text', before: null, after: '4' },
  ]);
});

test('what a value is can be seen from its name', () => {
  expect(change('amountTicks', null, '5')[0]?.kind).toBe('money');
  expect(change('inputTicksPerToken', '5', '6')[0]?.kind).toBe('price');
  expect(change('expiresAtMs', null, '1700000000000')[0]?.kind).toBe('moment');
  expect(change('enabled', 'true', 'false')[0]?.kind).toBe('truth');
  expect(change('key', null, '•••')[0]?.kind).toBe('secret');
  expect(change('name', 'a', 'b')[0]?.kind).toBe('text');
});

test('a list is read as a list, and what was cut off stays as it is', () => {
  expect(change('aliases', '["a"]', '["a","b"]')[0]).toMatchObject({ before: 'a', after: 'a, b' });
  expect(change('models', null, '["a","b')[0]?.after).toBe('["a","b');
});

test('the credit of a sign-up is an amount, whatever its member is called', () => {
  const changes = [{ field: 'value', before: '5', after: '6' }];
  expect(shownChanges({ action: 'setting.change', subject: 'sign-up-credit', changes })[0]?.kind).toBe(
    'money',
  );
});
