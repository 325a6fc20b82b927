import { expect, test } from 'bun:test';
import { normalPassword, passwordFault } from './passwords.ts';

test('a password has ten to 256 characters and is not one that everybody tries', () => {
  expect(passwordFault('so long and')).toBeUndefined();
  expect(passwordFault('二三四五六七八九十百')).toBeUndefined();
  expect(passwordFault('nine char')).toBe('too-short');
  expect(passwordFault('x'.repeat(257))).toBe('too-long');
  expect(passwordFault('🙂'.repeat(9))).toBe('too-short');
  expect(passwordFault('PassWord123')).toBe('too-common');
  expect(passwordFault('..........')).toBe('too-common');
});

test('what looks alike is the same password', () => {
  expect(normalPassword('ｐａｓｓ é')).toBe(normalPassword('pass e\u0301'));
});
