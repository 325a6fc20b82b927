import { describe, expect, test } from 'bun:test';
import { resolve } from 'node:path';
import { readConfig, type ServeOptions } from './config.ts';

const KEY = `xai-${'k'.repeat(80)}`;

function read(environment: Record<string, string> = {}, options: ServeOptions = {}) {
  return readConfig(environment, options, { isTerminal: true });
}

function configOf(environment: Record<string, string> = {}, options: ServeOptions = {}) {
  const settings = read(environment, options);
  if ('problems' in settings) throw new Error(JSON.stringify(settings.problems));
  return settings.config;
}

function problemsOf(environment: Record<string, string>, options: ServeOptions = {}) {
  const settings = read(environment, options);
  return 'problems' in settings ? settings.problems : [];
}

test('nothing set: loopback, port 7070, limits of the catalogue, nothing fetched', () => {
  expect(configOf()).toEqual({
    dataDir: resolve('data'),
    databaseUrl: undefined,
    host: '127.0.0.1',
    port: 7070,
    publicUrl: undefined,
    limitsEnabled: true,
    adminEmail: 'owner@localhost',
    adminPassword: undefined,
    initialApiKey: undefined,
    upstream: undefined,
    fetchLocalModel: false,
    weights: undefined,
    logLevel: 'warn',
    logSample: 1,
    telemetry: undefined,
    metricsToken: undefined,
    providers: {},
    mail: { server: undefined, from: 'Turnpike <turnpike@localhost>' },
    trustedProxies: [],
    registration: new Map(),
    graceMs: 30_000,
    unused: [],
  });
});

test('everything set', () => {
  const environment = {
    TURNPIKE_DATA_DIR: '/srv/turnpike',
    TURNPIKE_HOST: '0.0.0.0',
    TURNPIKE_PORT: '80',
    TURNPIKE_LIMITS: 'off',
    TURNPIKE_ADMIN_EMAIL: 'Root@example.org',
    TURNPIKE_ADMIN_PASSWORD: 'so long and thanks',
    TURNPIKE_INITIAL_API_KEY: KEY,
    TURNPIKE_UPSTREAM: 'local',
    TURNPIKE_LOG_LEVEL: 'error',
    TURNPIKE_LOG_SAMPLE: '0.1',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318',
    TURNPIKE_GRACE_SECONDS: '0',
  };
  expect(configOf(environment)).toMatchObject({
    dataDir: '/srv/turnpike',
    host: '0.0.0.0',
    port: 80,
    limitsEnabled: false,
    initialApiKey: KEY,
    upstream: { kind: 'local' },
    fetchLocalModel: true,
    logLevel: 'error',
    graceMs: 0,
    logSample: 0.1,
    telemetry: { endpoint: 'http://127.0.0.1:4318' },
    adminPassword: 'so long and thanks',
  });
});

test('an empty or blank variable means the same as none; spaces around a value do not count', () => {
  const blank = Object.fromEntries(
    ['DATA_DIR', 'HOST', 'PORT', 'LIMITS', 'DATABASE_URL', 'UPSTREAM', 'UPSTREAM_KEY', 'INITIAL_API_KEY'].map(
      (name) => [`TURNPIKE_${name}`, ' '],
    ),
  );
  expect(configOf(blank)).toEqual(configOf());
  expect(configOf({ TURNPIKE_PORT: ' 8080 ', TURNPIKE_LIMITS: 'off\n' })).toMatchObject({
    port: 8080,
    limitsEnabled: false,
  });
});

test('options of the command line win over the environment', () => {
  const environment = { TURNPIKE_PORT: '1', TURNPIKE_HOST: '10.0.0.1' };
  expect(configOf(environment, { port: '2', host: '::1' })).toMatchObject({ port: 2, host: '::1' });
  expect(configOf({}, { weights: '/m.gguf' })).toMatchObject({ weights: '/m.gguf', fetchLocalModel: true });
});

test('a share of the log lines is a number from 0 to 1', () => {
  for (const share of ['0', '1', '0.25', '.5', '1.0'])
    expect(configOf({ TURNPIKE_LOG_SAMPLE: share }).logSample).toBe(Number(share));
  for (const share of ['-1', '1.1', '10%', 'all', '1e-3'])
    expect(problemsOf({ TURNPIKE_LOG_SAMPLE: share })).toMatchObject([{ kind: 'share', value: share }]);
});

describe('port and host', () => {
  test('0 is any free port; beyond 65535 there is none', () => {
    expect(configOf({ TURNPIKE_PORT: '0' }).port).toBe(0);
    for (const port of ['65536', '-1', '1.5', '0x50', '1e3', '80 81', 'http']) {
      expect(problemsOf({ TURNPIKE_PORT: port })).toMatchObject([{ kind: 'port', value: port }]);
    }
  });

  test('an IPv6 address is the same with and without brackets', () => {
    for (const host of ['::1', '[::1]']) expect(configOf({ TURNPIKE_HOST: host }).host).toBe('::1');
    expect(configOf({ TURNPIKE_HOST: 'fe80::1%eth0' }).host).toBe('fe80::1%eth0');
  });

  test('a URL or a host with a port is neither', () => {
    for (const host of ['http://0.0.0.0', '0.0.0.0:80', '[::1]:80', 'a b', 'a/b']) {
      expect(problemsOf({ TURNPIKE_HOST: host })).toMatchObject([{ kind: 'host', value: host }]);
    }
  });

  test('what Kubernetes sets for a service called turnpike is none of ours', () => {
    const links = {
      TURNPIKE_SERVICE_HOST: '10.0.0.1',
      TURNPIKE_SERVICE_PORT: '7070',
      TURNPIKE_SERVICE_PORT_HTTP: '7070',
      TURNPIKE_PORT: 'tcp://10.0.0.1:7070',
      TURNPIKE_PORT_7070_TCP: 'tcp://10.0.0.1:7070',
      TURNPIKE_PORT_7070_TCP_ADDR: '10.0.0.1',
    };
    expect(configOf(links)).toEqual(configOf());
  });
});

describe('the upstream', () => {
  const baseUrlOf = (TURNPIKE_UPSTREAM: string) => {
    const { upstream } = configOf({ TURNPIKE_UPSTREAM });
    return upstream?.kind === 'openai-compatible' ? upstream.baseUrl : upstream?.kind;
  };

  test('a base URL, however it was copied', () => {
    for (const pasted of [
      'http://127.0.0.1:11434/v1',
      'http://127.0.0.1:11434/v1/',
      'http://127.0.0.1:11434',
      'http://127.0.0.1:11434/v1/chat/completions',
      'HTTP://127.0.0.1:11434//v1//',
    ]) {
      expect(baseUrlOf(pasted)).toBe('http://127.0.0.1:11434/v1');
    }
    expect(baseUrlOf('https://[::1]:8443/api/openai/v1')).toBe('https://[::1]:8443/api/openai/v1');
  });

  test('is named after its host; key and model go with it', () => {
    const environment = {
      TURNPIKE_UPSTREAM: 'https://api.example.org/v1',
      TURNPIKE_UPSTREAM_KEY: 'sk-1',
      TURNPIKE_UPSTREAM_MODEL: 'm',
    };
    expect(configOf(environment).upstream).toEqual({
      kind: 'openai-compatible',
      name: 'api.example.org',
      baseUrl: 'https://api.example.org/v1',
      key: 'sk-1',
      model: 'm',
    });
  });

  test('a query, a fragment or credentials in it would end up in a wrong place; a password is not repeated', () => {
    for (const url of [
      'http://h/v1?key=1',
      'http://h/v1#x',
      'http://user:secret@h/v1',
      'http://user:sec@ret@h/v1',
      'http://',
    ]) {
      const problems = problemsOf({ TURNPIKE_UPSTREAM: url });
      expect(problems).toMatchObject([{ kind: 'url', name: 'TURNPIKE_UPSTREAM' }]);
      expect(JSON.stringify(problems)).not.toMatch(/sec/);
    }
  });

  test('a name that is none of the list is not taken for a host', () => {
    for (const name of ['xaii', 'ollama', 'ftp://h/v1', 'localhost:11434']) {
      expect(problemsOf({ TURNPIKE_UPSTREAM: name })).toMatchObject([{ kind: 'url-or-one-of', value: name }]);
    }
  });

  test('xai needs a key; a key or model without an upstream would be ignored', () => {
    expect(problemsOf({ TURNPIKE_UPSTREAM: 'xai' })).toMatchObject([{ kind: 'needs' }]);
    expect(problemsOf({ TURNPIKE_UPSTREAM_KEY: 'sk-1', TURNPIKE_UPSTREAM_MODEL: 'm' })).toEqual([
      { kind: 'needs', name: 'TURNPIKE_UPSTREAM_KEY', other: 'TURNPIKE_UPSTREAM' },
      { kind: 'needs', name: 'TURNPIKE_UPSTREAM_MODEL', other: 'TURNPIKE_UPSTREAM' },
    ]);
  });
});

test('every problem is reported, not only the first, and no secret is repeated', () => {
  const problems = problemsOf({
    TURNPIKE_PORT: 'x',
    TURNPIKE_LIMITS: 'none',
    TURNPIKE_INITIAL_API_KEY: 'sk-secret',
    TURNPIKE_ADMIN_EMAIL: 'nobody',
    TURNPIKE_LOG_LEVEL: 'loud',
    TURNPIKE_GRACE_SECONDS: '-1',
    TURNPIKE_DATABASE_URL: 'postgres:/u:secret@h/db',
    TURNPIKE_LIMIT: 'off',
    TURNPIKE_SOMETHING: 'secret',
  });
  expect(problems.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    'port TURNPIKE_PORT',
    'one-of TURNPIKE_LIMITS',
    'api-key TURNPIKE_INITIAL_API_KEY',
    'email TURNPIKE_ADMIN_EMAIL',
    'one-of TURNPIKE_LOG_LEVEL',
    'number TURNPIKE_GRACE_SECONDS',
    'database-url TURNPIKE_DATABASE_URL',
    'unknown TURNPIKE_LIMIT',
    'unknown TURNPIKE_SOMETHING',
  ]);
  expect(problems).toContainEqual({ kind: 'unknown', name: 'TURNPIKE_LIMIT', meant: 'TURNPIKE_LIMITS' });
  expect(JSON.stringify(problems)).not.toContain('secret');
});

test('an address that sign-in would not accept is found at the start', () => {
  for (const email of ['a b@c.de', 'a@@b', '@b', 'a@b_c', '.a@b.c']) {
    expect(problemsOf({ TURNPIKE_ADMIN_EMAIL: email })).toMatchObject([{ kind: 'email' }]);
  }
});

test('a database is a PostgreSQL address with a name, and is never repeated when it is not', () => {
  for (const url of ['postgres://u:secret@h:5432/db', 'postgresql://h/db?sslmode=require'])
    expect(configOf({ TURNPIKE_DATABASE_URL: url }).databaseUrl).toBe(url);
  for (const url of [
    'mysql://u:secret@h/db',
    'postgres://u:secret@h',
    'postgres://u:secret@h:x/db',
    'secret',
  ]) {
    expect(problemsOf({ TURNPIKE_DATABASE_URL: url })).toEqual([
      { kind: 'database-url', name: 'TURNPIKE_DATABASE_URL' },
    ]);
  }
});

test('trusted proxies are networks between commas; every one that is none is reported', () => {
  const { trustedProxies } = configOf({ TURNPIKE_TRUSTED_PROXIES: ' 10.0.0.0/8, ::1 ' });
  expect(trustedProxies).toMatchObject([{ prefixBits: 8 }, { prefixBits: 128 }]);
  expect(problemsOf({ TURNPIKE_TRUSTED_PROXIES: '10.0.0.1/8,,proxy' })).toMatchObject([
    { kind: 'network', value: '10.0.0.1/8' },
    { kind: 'network', value: '' },
    { kind: 'network', value: 'proxy' },
  ]);
});

test('a public URL is an origin: no path, no password, http or https', () => {
  expect(configOf({ TURNPIKE_PUBLIC_URL: 'https://LLM.example.com/' })?.publicUrl).toBe(
    'https://llm.example.com',
  );
  for (const url of ['llm.example.com', 'https://x/console', 'ftp://x', 'https://a:b@x', 'https://x/?a'])
    expect(problemsOf({ TURNPIKE_PUBLIC_URL: url })).toMatchObject([{ kind: 'url' }]);
});
