import { expect, test } from 'bun:test';
import { safeAddress } from './safe-address.ts';

test('what leads elsewhere may be followed', () => {
  for (const href of ['https://example.com/a?b#c', 'http://example.com/', 'mailto:a@example.com'])
    expect(safeAddress(href)).toBe(href);
});

test('what runs, reads or stays here may not, however it is written', () => {
  for (const href of [
    ...['javascript:alert(1)', 'JaVaScRiPt:alert(1)', ' javascript:alert(1)', 'java\nscript:alert(1)'],
    ...['data:text/html,x', 'vbscript:x', 'file:///etc/passwd', '/api/v1/me', '#top', '//example.com', ''],
  ])
    expect(safeAddress(href)).toBeUndefined();
});
