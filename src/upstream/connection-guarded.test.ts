import { afterAll, expect, test } from 'bun:test';
import { networkInterfaces } from 'node:os';
import { makeTestCertificates, type ServerCertificate } from '../../test/fakes/test-certificates.ts';
import { fetchGuarded, type GuardedFetchOptions } from './connection-guarded.ts';

const stops: (() => unknown)[] = [];
afterAll(() => Promise.all(stops.map((stop) => stop())));

interface TestServer {
  readonly port: number;
  /** The headers of the requests that came. */
  readonly seen: Record<string, string>[];
}

function serve(
  answer: (request: Request) => Response,
  tls?: ServerCertificate,
  hostname = '127.0.0.1',
): TestServer {
  const seen: Record<string, string>[] = [];
  const server = Bun.serve({
    port: 0,
    hostname,
    ...(tls === undefined ? {} : { tls }),
    fetch(request) {
      seen.push(Object.fromEntries(request.headers));
      return answer(request);
    },
  });
  stops.push(() => server.stop(true));
  return { port: server.port ?? 0, seen };
}

/** Loopback is let through on the ports of these servers and nowhere else. */
const options = (...servers: TestServer[]): GuardedFetchOptions => ({
  maxBytes: 1_000,
  resolve: async () => ['127.0.0.1'],
  allowAddress: (address, port) => address === '127.0.0.1' && servers.some((server) => server.port === port),
});

const reasonOf = async (url: string, given: GuardedFetchOptions) => {
  const result = await fetchGuarded(url, given);
  return result.ok ? 'fetched' : result.reason;
};

test('fetches the address it checked, under the name it was given, and sends nothing of its own', async () => {
  const server = serve(() => new Response('picture', { headers: { 'content-type': 'image/png' } }));
  const result = await fetchGuarded(`http://images.example:${server.port}/a.png?b=1`, options(server));
  expect(result).toMatchObject({ ok: true, contentType: 'image/png' });
  expect(result.ok && Buffer.from(result.bytes).toString()).toBe('picture');
  expect(server.seen[0]).toEqual({
    host: `images.example:${server.port}`,
    'user-agent': 'Turnpike-ImageFetch/1.0',
    accept: 'image/*',
    'accept-encoding': 'identity',
  });
});

test('loopback is refused where no test allows it, and the server hears nothing', async () => {
  const server = serve(() => new Response('secret'));
  const { allowAddress: _, ...strict } = options(server);
  expect(await reasonOf(`http://127.0.0.1:${server.port}/`, strict)).toBe('not-public');
  expect(await reasonOf(`http://images.example:${server.port}/`, strict)).toBe('not-public');
  expect(await reasonOf(`http://localhost:${server.port}/`, { maxBytes: 10 })).toBe('not-public');
  expect(server.seen).toHaveLength(0);
});

test('a name that changes its answer leads to the address that was checked', async () => {
  const inside = serve(() => new Response('secret'), undefined, '127.0.0.2');
  const outside = serve(() => new Response('picture'));
  let lookups = 0;
  const rebinding: GuardedFetchOptions = {
    ...options(outside),
    resolve: async () => (lookups++ === 0 ? ['127.0.0.1'] : ['127.0.0.2']),
  };
  expect(await reasonOf(`http://rebind.example:${outside.port}/`, rebinding)).toBe('fetched');
  expect(lookups).toBe(1);
  expect(await reasonOf(`http://rebind.example:${outside.port}/`, rebinding)).toBe('not-public');
  expect(inside.seen).toHaveLength(0);
});

test('a redirect is checked like the first address', async () => {
  const inside = serve(() => new Response('secret'));
  const targets = [
    `http://127.0.0.1:${inside.port}/`,
    `http://images.example:${inside.port}/`,
    'http://169.254.169.254/latest/meta-data/',
    'file:///etc/passwd',
    'http://user:secret@images.example/',
    'http://[::1]/',
  ];
  for (const status of [301, 302, 303, 307, 308]) {
    for (const location of targets) {
      const outside = serve(() => new Response(null, { status, headers: { location } }));
      const reason = await reasonOf(`http://images.example:${outside.port}/`, options(outside));
      expect(['not-public', 'scheme', 'credentials']).toContain(reason);
    }
  }
  expect(inside.seen).toHaveLength(0);
});

test('follows three redirects, also relative ones, and not a fourth', async () => {
  const server = serve((request) => {
    const left = Number(new URL(request.url).pathname.slice(1));
    return left === 0
      ? new Response('picture')
      : new Response('moved', { status: 302, headers: { location: `/${left - 1}` } });
  });
  const base = `http://images.example:${server.port}`;
  expect(await reasonOf(`${base}/3`, options(server))).toBe('fetched');
  expect(server.seen.map((headers) => headers.host)).toEqual(
    new Array(4).fill(`images.example:${server.port}`),
  );
  expect(await reasonOf(`${base}/4`, options(server))).toBe('redirects');
});

test('a body that is too large is cut off, declared or not, and unpacked by nobody', async () => {
  const declared = serve(() => new Response('x'.repeat(1_001)));
  expect(await reasonOf(`http://images.example:${declared.port}/`, options(declared))).toBe('too-large');
  const fitting = serve(() => new Response('x'.repeat(1_000)));
  expect(await reasonOf(`http://images.example:${fitting.port}/`, options(fitting))).toBe('fetched');

  let cancelled = false;
  const endless = serve(
    () =>
      new Response(
        new ReadableStream({
          pull: (controller) => controller.enqueue(new Uint8Array(400)),
          cancel: () => {
            cancelled = true;
          },
        }),
      ),
  );
  expect(await reasonOf(`http://images.example:${endless.port}/`, options(endless))).toBe('too-large');
  while (!cancelled) await Bun.sleep(1);

  const packed = Bun.gzipSync(Buffer.alloc(500_000));
  const bomb = serve(() => new Response(packed, { headers: { 'content-encoding': 'gzip' } }));
  const result = await fetchGuarded(`http://images.example:${bomb.port}/`, options(bomb));
  expect(result.ok && result.bytes.length).toBe(packed.length);
});

test('a slow look-up, a silent server and a slow body meet the deadline', async () => {
  const silent = serve(() => new Response(new ReadableStream({ pull: () => new Promise(() => {}) })));
  const late = { ...options(silent), deadlineMs: 30 };
  expect(await reasonOf(`http://images.example:${silent.port}/`, late)).toBe('timed-out');
  const trickle = serve(
    () =>
      new Response(
        new ReadableStream({
          async pull(controller) {
            controller.enqueue(new Uint8Array(1));
            await Bun.sleep(5);
          },
        }),
      ),
  );
  expect(
    await reasonOf(`http://images.example:${trickle.port}/`, { ...options(trickle), deadlineMs: 30 }),
  ).toBe('timed-out');
  expect(await reasonOf('http://slow.example/', { ...late, resolve: () => new Promise(() => {}) })).toBe(
    'timed-out',
  );
});

test("the caller's hang-up ends it", async () => {
  const silent = serve(() => new Response(new ReadableStream({ pull: () => new Promise(() => {}) })));
  const caller = new AbortController();
  const given = { ...options(silent), signal: caller.signal };
  const open = reasonOf(`http://images.example:${silent.port}/`, given);
  while (silent.seen.length === 0) await Bun.sleep(1);
  caller.abort();
  expect(await open).toBe('aborted');
  expect(await reasonOf(`http://images.example:${silent.port}/`, given)).toBe('aborted');
  expect(silent.seen).toHaveLength(1);
});

test('only 200 is an image, and a dead server is unreachable', async () => {
  for (const status of [201, 204, 206, 304, 404, 500]) {
    const server = serve(() => new Response(null, { status }));
    expect(await reasonOf(`http://images.example:${server.port}/`, options(server))).toBe('status');
  }
  const gone = { ...options(), allowAddress: () => true };
  expect(await reasonOf('http://images.example:1/', gone)).toBe('unreachable');
});

test('when one address does not answer, another checked one does', async () => {
  const server = serve(() => new Response('picture'));
  const two: GuardedFetchOptions = {
    maxBytes: 100,
    resolve: async () => ['127.0.0.3', '127.0.0.1'],
    allowAddress: () => true,
  };
  expect(await reasonOf(`http://images.example:${server.port}/`, two)).toBe('fetched');
});

test('a name that does not exist and one that leads inside are told apart by nobody', async () => {
  const inside = await fetchGuarded('http://inside.example/', {
    maxBytes: 1,
    resolve: async () => ['10.0.0.1'],
  });
  const nowhere = await fetchGuarded('http://nowhere.example/', {
    maxBytes: 1,
    resolve: () => Promise.reject(new Error()),
  });
  expect(inside).toMatchObject({ reason: 'not-public' });
  expect(nowhere).toMatchObject({ reason: 'unresolved' });
  expect(!inside.ok && inside.words).toBe(!nowhere.ok && nowhere.words);
});

const NAME = 'images.example';
const certificates = makeTestCertificates(NAME);
const hasIpv6 = Object.values(networkInterfaces()).some((all) =>
  all?.some(({ address }) => address === '::1'),
);
if (certificates === undefined) console.log('Skipped: the tests of pinned TLS connections need openssl.');
if (!hasIpv6) console.log('Skipped: the test of a pinned TLS connection over IPv6 needs ::1.');

const pinned = (address = '127.0.0.1'): GuardedFetchOptions => ({
  maxBytes: 1_000,
  resolve: async () => [address],
  allowAddress: () => true,
  ...(certificates === undefined ? {} : { trustedCa: certificates.ca }),
});

test.skipIf(certificates === undefined)(
  'TLS: the right certificate is accepted, the name is sent, no name is looked up',
  async () => {
    const server = serve(() => new Response('picture'), certificates?.right);
    expect(await reasonOf(`https://${NAME}:${server.port}/`, pinned())).toBe('fetched');
    expect(server.seen[0]?.host).toBe(`${NAME}:${server.port}`);
  },
);

test.skipIf(certificates === undefined || !hasIpv6)('TLS: the same over IPv6', async () => {
  const server = serve(() => new Response('picture'), certificates?.right, '::1');
  expect(await reasonOf(`https://${NAME}:${server.port}/`, pinned('::1'))).toBe('fetched');
});

test.skipIf(certificates === undefined)(
  'TLS: another name is refused by a server that was just reached under its own',
  async () => {
    const server = serve(() => new Response('picture'), certificates?.right);
    expect(await reasonOf(`https://${NAME}:${server.port}/`, pinned())).toBe('fetched');
    expect(await reasonOf(`https://wrong.example:${server.port}/`, pinned())).toBe('tls');
    expect(await reasonOf(`https://127.0.0.1:${server.port}/`, pinned())).toBe('tls');
    expect(server.seen).toHaveLength(1);
  },
);

test
  .skipIf(certificates === undefined)
  .each([['otherName'], ['addressOnly'], ['expired'], ['selfSigned']] as const)(
  'TLS: a certificate that is %s is refused and its server gets no request',
  async (kind) => {
    const server = serve(() => new Response('picture'), certificates?.[kind]);
    expect(await reasonOf(`https://${NAME}:${server.port}/`, pinned())).toBe('tls');
    expect(server.seen).toHaveLength(0);
    // The control: the server does answer whoever does not check.
    const unchecked = await fetch(`https://127.0.0.1:${server.port}/`, {
      tls: { rejectUnauthorized: false },
    });
    expect(await unchecked.text()).toBe('picture');
  },
);

test.skipIf(certificates === undefined)(
  'TLS: an address in the URL is held to its own certificate',
  async () => {
    const server = serve(() => new Response('picture'), certificates?.addressOnly);
    expect(await reasonOf(`https://127.0.0.1:${server.port}/`, pinned())).toBe('fetched');
  },
);

test.skipIf(certificates === undefined)('TLS: a redirect out of a pinned connection is checked', async () => {
  const inside = serve(() => new Response('secret'));
  const location = `http://inside.example:${inside.port}/`;
  const outside = serve(
    () => new Response(null, { status: 307, headers: { location } }),
    certificates?.right,
  );
  const given = { ...pinned(), allowAddress: (_address: string, port: number) => port === outside.port };
  expect(await reasonOf(`https://${NAME}:${outside.port}/`, given)).toBe('not-public');
  expect(inside.seen).toHaveLength(0);
});

test.skipIf(certificates === undefined)(
  'TLS: neither a proxy in the environment nor NODE_TLS_REJECT_UNAUTHORIZED=0 changes anything',
  async () => {
    const proxy = serve(() => new Response('proxied'));
    const right = serve(() => new Response('picture'), certificates?.right);
    const wrong = serve(() => new Response('picture'), certificates?.otherName);
    const program = `
      import { fetchGuarded } from ${JSON.stringify(`${import.meta.dir}/connection-guarded.ts`)};
      const options = { maxBytes: 100, resolve: async () => ['127.0.0.1'], allowAddress: () => true, trustedCa: process.env.TEST_CA };
      for (const port of [${right.port}, ${wrong.port}]) {
        const result = await fetchGuarded('https://${NAME}:' + port + '/', options);
        console.log(result.ok ? 'fetched' : result.reason);
      }`;
    const address = `http://127.0.0.1:${proxy.port}`;
    const child = Bun.spawn([process.execPath, '-e', program], {
      env: {
        ...process.env,
        TEST_CA: certificates?.ca ?? '',
        ...{
          HTTPS_PROXY: address,
          HTTP_PROXY: address,
          https_proxy: address,
          http_proxy: address,
          ALL_PROXY: address,
        },
        NODE_TLS_REJECT_UNAUTHORIZED: '0',
      },
      stderr: 'ignore',
    });
    expect(await new Response(child.stdout).text()).toBe('fetched\ntls\n');
    expect(proxy.seen).toHaveLength(0);
  },
);
