import { describe, expect, test } from 'bun:test';
import { isLoopback, ownBaseUrl } from './own-base-url.ts';

const CONFIGURED = 'http://127.0.0.1:7070';

describe('ownBaseUrl', () => {
  const plain: [string, string][] = [
    ['localhost:7070', 'http://localhost:7070'],
    ['models.example.com', 'http://models.example.com'],
    ['192.168.1.20:8080', 'http://192.168.1.20:8080'],
    ['[::1]:7070', 'http://[::1]:7070'],
    ['xn--fiq228c.example', 'http://xn--fiq228c.example'],
  ];
  test.each(plain)('takes the plain host %s', (host, baseUrl) => {
    expect(ownBaseUrl({ host }, CONFIGURED)).toBe(baseUrl);
  });

  const hostile = [
    '',
    'a b',
    'a/b',
    'a?b',
    'a#b',
    'user@evil.example',
    '"><script>alert(1)</script>',
    '$(id)',
    '`id`',
    "a';id;'",
    'a\\b',
    'a\r\nx: y',
    'a:port',
    'a:99999',
    'a:1:2',
    '[::1',
    '[::g]',
    '-a',
    'a'.repeat(300),
    'пример.рф',
  ];
  test.each(hostile)('falls back from %p', (host) => {
    expect(ownBaseUrl({ host }, CONFIGURED)).toBe(CONFIGURED);
  });

  test('falls back when there is no host, without a trailing slash', () => {
    expect(ownBaseUrl({ host: undefined }, `${CONFIGURED}/`)).toBe(CONFIGURED);
  });

  test('is https behind a proxy that says so, and where it is configured', () => {
    const host = 'models.example.com';
    expect(ownBaseUrl({ host, forwardedProtocol: 'https' }, CONFIGURED)).toBe('https://models.example.com');
    expect(ownBaseUrl({ host, forwardedProtocol: 'javascript' }, CONFIGURED)).toBe(
      'http://models.example.com',
    );
    expect(ownBaseUrl({ host }, 'https://other.example')).toBe('https://models.example.com');
  });
});

test('isLoopback', () => {
  for (const url of ['http://127.0.0.1:7070', 'http://localhost', 'http://[::1]:7070', 'http://127.8.8.8']) {
    expect(isLoopback(url)).toBe(true);
  }
  for (const url of [
    'http://192.168.1.2:7070',
    'https://localhost.example.com',
    'http://127.0.0.1.example.com',
  ]) {
    expect(isLoopback(url)).toBe(false);
  }
});
