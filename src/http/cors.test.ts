import { expect, test } from 'bun:test';
import { CORS_HEADERS, preflight } from './cors.ts';

const ask = (asked?: string) =>
  preflight(
    new Request('http://x/v1/models', {
      method: 'OPTIONS',
      headers: {
        origin: 'https://page.test',
        'access-control-request-method': 'POST',
        ...(asked === undefined ? {} : { 'access-control-request-headers': asked }),
      },
    }),
  );

test('any page may ask, and names its headers: a star would not stand for authorization', () => {
  const { status, headers } = ask('authorization,content-type,x-stainless-lang');
  expect(status).toBe(204);
  expect(headers.get('access-control-allow-origin')).toBe('*');
  expect(headers.get('access-control-allow-headers')).toBe('authorization,content-type,x-stainless-lang');
  expect(headers.get('access-control-allow-methods')).toContain('POST');
});

test('no credentials of the browser: a key in a header is all that authorises', () => {
  expect(ask('authorization').headers.has('access-control-allow-credentials')).toBe(false);
  expect(CORS_HEADERS).not.toHaveProperty('access-control-allow-credentials');
});

test('what is no list of header names is not repeated', () => {
  for (const asked of [undefined, '', 'x: y', '<script>', 'x'.repeat(3_000)]) {
    expect(ask(asked).headers.get('access-control-allow-headers')).toBe(
      'authorization, content-type, x-api-key',
    );
  }
});
