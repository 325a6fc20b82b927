import { expect, test } from 'bun:test';
import { passwordStrength } from './password-strength.ts';

test('what is too short says by how much, counted in characters', () => {
  expect(passwordStrength('').missing).toBe(10);
  expect(passwordStrength('secret').missing).toBe(4);
  expect(passwordStrength('🙂🙂🙂').missing).toBe(7);
  expect(passwordStrength('ten chars!').missing).toBe(0);
});

test.each([
  ['aaaaaaaaaaaaaaaaaaaa', 'weak'],
  ['12345678901234', 'weak'],
  ['abcdefghijklmnop', 'weak'],
  ['kdjfhgwoei', 'fair'],
  ['heart of gold', 'good'],
  ['correct horse battery staple', 'strong'],
  ['dV7!kq2#Lm9$xT', 'strong'],
  ['心有灵犀一点通身无彩凤双飞翼', 'strong'],
])('%s is %s', (password, level) => {
  expect(passwordStrength(password).level).toBe(level as 'weak');
});
