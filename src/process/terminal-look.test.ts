import { expect, test } from 'bun:test';
import { columns, ink, padColumns, printable } from './terminal-look.ts';

test('columns counts a Chinese character as two and colour as none', () => {
  expect(columns('abc')).toBe(3);
  expect(columns('密钥')).toBe(4);
  expect(columns(ink({ color: true, width: 80 }, 'warning', '密钥'))).toBe(4);
  expect(padColumns('密钥', 6)).toBe('密钥  ');
  expect(padColumns('abc', 2)).toBe('abc');
});

test('without colour nothing is added', () => {
  expect(ink({ color: false, width: 80 }, 'failure', 'x')).toBe('x');
  expect(ink({ color: true, width: 80 }, 'failure', 'x')).toBe('\x1b[31mx\x1b[0m');
});

test('printable takes out what would steer the terminal', () => {
  expect(printable('\x1b[2Ja\r\nb\u202ec\u0007\u009b31m密钥')).toBe('[2Jabc31m密钥');
});
