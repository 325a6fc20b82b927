import { expect, test } from 'bun:test';
import { grantableRoles } from './grantable-roles.ts';

test('an administrator makes no owners and touches none', () => {
  expect(grantableRoles('administrator', 'member')).not.toContain('owner');
  expect(grantableRoles('administrator', 'owner')).toEqual([]);
  expect(grantableRoles('owner', 'owner')).toContain('member');
});

test('nobody else gives roles', () => {
  expect(grantableRoles('member', 'member')).toEqual([]);
  expect(grantableRoles('billing', 'billing')).toEqual([]);
});
