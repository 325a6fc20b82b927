import { expect, test } from 'bun:test';
import { codesCsv } from './codes-file.ts';

const CODE = {
  ...{ code: 'ABCDE-FGHJK', amountTicks: '12345678901234', uses: { most: 2 }, memo: 'Spring' },
  expiresAtMs: Date.UTC(2026, 11, 1),
};

test('every code is a row with its exact worth', () => {
  expect(codesCsv([CODE, { ...CODE, expiresAtMs: null }])).toBe(
    'code,usd,most_uses,expires,memo\r\n' +
      'ABCDE-FGHJK,1234.5678901234,2,2026-12-01T00:00:00.000Z,Spring\r\n' +
      'ABCDE-FGHJK,1234.5678901234,2,,Spring\r\n',
  );
});

test('a memo cannot end its cell or be run', () => {
  expect(codesCsv([{ ...CODE, memo: 'a, "b"\nc' }])).toContain(',"a, ""b""\nc"\r\n');
  expect(codesCsv([{ ...CODE, memo: '=HYPERLINK(1)' }])).toContain(",'=HYPERLINK(1)\r\n");
});
