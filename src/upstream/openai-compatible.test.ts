import { afterEach, describe, expect, test } from 'bun:test';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createSocketServer, type Socket } from 'node:net';
import { createOpenaiCompatible } from './openai-compatible.ts';
import { UpstreamError } from './upstream.ts';

/** Against real servers on loopback: what matters here is what the runtime's client does on the wire. */

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

interface Seen {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** An HTTP server that notes what reached it. */
async function serve(answer: (response: ServerResponse, request: IncomingMessage, seen: Seen) => void) {
  const seen: Seen[] = [];
  let connections = 0;
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const { method, url, headers } = request;
      const one = { method, url, headers, body: Buffer.concat(pieces).toString() };
      seen.push(one);
      answer(response, request, one);
    });
  });
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, seen, connections: () => connections };
}

/** A server that is spoken to in raw bytes: `onCall` hears of each request, counted from 1. */
async function serveRaw(onCall: (socket: Socket, call: number) => void) {
  let calls = 0;
  const sockets = new Set<Socket>();
  const server = createSocketServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    // Each request of these tests fits into one packet.
    socket.on('data', () => onCall(socket, ++calls));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, calls: () => calls };
}

const OK = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}';

function connect(baseUrl: string, key: string | undefined = undefined) {
  return createOpenaiCompatible({
    name: 'test',
    baseUrl,
    key,
    upstreamModel: (model) => model,
    inputModalities: ['text'],
  });
}

function call({ stream = false, signal = new AbortController().signal } = {}) {
  return { body: '{"model":"m"}', stream, signal };
}

async function textOf(response: { body: ReadableStream<Uint8Array> }): Promise<string> {
  return new Response(response.body).text();
}

async function reasonOf(sending: Promise<unknown>): Promise<string> {
  const error = await sending.then(
    () => expect.unreachable('it was answered'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof UpstreamError)) throw error;
  return error.reason;
}

describe('a call', () => {
  test('goes to the base with the key, the body as it is, and asks for nothing compressed', async () => {
    const server = await serve((response) => response.end('{"ok":true}'));
    const response = await connect(`${server.origin}/v1`, 'sk-1').send(call());
    expect(await textOf(response)).toBe('{"ok":true}');
    expect(server.seen).toMatchObject([
      {
        method: 'POST',
        url: '/v1/chat/completions',
        body: '{"model":"m"}',
        headers: {
          authorization: 'Bearer sk-1',
          'content-type': 'application/json',
          accept: 'application/json',
          'accept-encoding': 'identity',
        },
      },
    ]);
  });

  test('keeps whatever path the base has', async () => {
    const server = await serve((response) => response.end('{}'));
    for (const path of ['/api/openai/v1', '/serving-endpoints', '']) {
      await textOf(await connect(server.origin + path).send(call()));
    }
    expect(server.seen.map(({ url }) => url)).toEqual([
      '/api/openai/v1/chat/completions',
      '/serving-endpoints/chat/completions',
      '/chat/completions',
    ]);
  });

  test('without a key sends none; a stream is asked for as one', async () => {
    const server = await serve((response) => response.end('data: [DONE]\n\n'));
    await textOf(await connect(server.origin).send(call({ stream: true })));
    expect(server.seen[0]?.headers).toMatchObject({ accept: 'text/event-stream' });
    expect(server.seen[0]?.headers).not.toHaveProperty('authorization');
  });

  test('hands over status and headers as they are', async () => {
    const server = await serve((response) => {
      response.writeHead(429, { 'retry-after': '7' });
      response.end('slow down');
    });
    const response = await connect(server.origin).send(call());
    expect({ status: response.status, retryAfter: response.header('retry-after') }).toEqual({
      status: 429,
      retryAfter: '7',
    });
    expect(response.header('x-none')).toBeNull();
    expect(await textOf(response)).toBe('slow down');
  });

  test('an answer without a body has an empty one', async () => {
    const server = await serve((response) => {
      response.writeHead(204);
      response.end();
    });
    expect(await textOf(await connect(server.origin).send(call()))).toBe('');
  });
});

test('a redirect is an answer and no order: the key goes nowhere else', async () => {
  const elsewhere = await serve((response) => response.end('{}'));
  const server = await serve((response) => {
    response.writeHead(307, { location: `${elsewhere.origin}/steal` });
    response.end();
  });
  const response = await connect(server.origin, 'sk-1').send(call());
  expect(response.status).toBe(307);
  expect(elsewhere.seen).toEqual([]);
});

test('a proxy that the environment names is not used', async () => {
  const proxy = await serve((response) => response.end('{}'));
  const server = await serve((response) => response.end('{}'));
  const names = ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'ALL_PROXY'];
  const before = names.map((name) => process.env[name]);
  for (const name of names) process.env[name] = proxy.origin;
  try {
    await textOf(await connect(server.origin, 'sk-1').send(call()));
  } finally {
    for (const [index, name] of names.entries()) {
      const value = before[index];
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
  expect(proxy.seen).toEqual([]);
  expect(server.seen).toHaveLength(1);
});

test('connections are used again, after whole answers and after streams', async () => {
  const server = await serve((response) => response.end('data: [DONE]\n\n'));
  const upstream = connect(server.origin);
  for (let turn = 0; turn < 10; turn += 1)
    await textOf(await upstream.send(call({ stream: turn % 2 === 0 })));
  expect(server.connections()).toBe(1);
});

describe('a connection that is reset before the head of an answer', () => {
  test('was perhaps an idle one that closed just then: the call is sent once more', async () => {
    const server = await serveRaw((socket, number) => {
      if (number === 2) socket.destroy();
      else socket.write(OK);
    });
    const upstream = connect(server.origin);
    await textOf(await upstream.send(call()));
    const second = await upstream.send(call());
    expect(second.status).toBe(200);
    expect(server.calls()).toBe(3);
  });

  test('once, and no more than once', async () => {
    const server = await serveRaw((socket, number) => {
      if (number === 1) socket.write(OK);
      else socket.resetAndDestroy();
    });
    const upstream = connect(server.origin);
    await textOf(await upstream.send(call()));
    expect(await reasonOf(upstream.send(call()))).toBe('reset');
    expect(server.calls()).toBe(3);
  });

  test('on the very first call there is no idle connection, so it is not', async () => {
    const server = await serveRaw((socket) => socket.destroy());
    expect(await reasonOf(connect(server.origin).send(call()))).toBe('reset');
    expect(server.calls()).toBe(1);
  });

  test('never after the head: the answer breaks off', async () => {
    const server = await serveRaw((socket, number) => {
      if (number === 1) return socket.write(OK);
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"half"');
      return setTimeout(() => socket.destroy(), 5);
    });
    const upstream = connect(server.origin);
    await textOf(await upstream.send(call()));
    const broken = await upstream.send(call());
    expect(await textOf(broken).catch(() => 'broken')).toBe('broken');
    expect(server.calls()).toBe(2);
  });
});

describe('an aborted call', () => {
  test('closes its connection while the head is awaited, and is not sent again', async () => {
    const closed = Promise.withResolvers<void>();
    const arrived = Promise.withResolvers<void>();
    const server = await serve((response, request, { body }) => {
      if (body === '') return response.end();
      request.socket.on('close', () => closed.resolve());
      return arrived.resolve();
    });
    const controller = new AbortController();
    const sending = connect(server.origin).send(call({ signal: controller.signal }));
    await arrived.promise;
    controller.abort();
    expect(await reasonOf(sending)).toBe('aborted');
    await closed.promise;
    expect(server.seen).toHaveLength(1);
  });

  test('closes its connection in mid-answer', async () => {
    const closed = Promise.withResolvers<void>();
    const server = await serve((response, request) => {
      request.socket.on('close', () => closed.resolve());
      response.write('data: 1\n\n');
    });
    const controller = new AbortController();
    const { body } = await connect(server.origin).send(call({ stream: true, signal: controller.signal }));
    const reader = body.getReader();
    await reader.read();
    controller.abort();
    await closed.promise;
    expect(await reader.read().catch(() => 'broken')).toBe('broken');
  });

  test('a body that nobody wants any more closes it too', async () => {
    const closed = Promise.withResolvers<void>();
    const server = await serve((response, request) => {
      request.socket.on('close', () => closed.resolve());
      response.write('data: 1\n\n');
    });
    const { body } = await connect(server.origin).send(call({ stream: true }));
    const reader = body.getReader();
    await reader.read();
    await reader.cancel();
    await closed.promise;
  });

  test('that was aborted before it was sent reaches nobody', async () => {
    const server = await serve((response) => response.end('{}'));
    expect(await reasonOf(connect(server.origin).send(call({ signal: AbortSignal.abort() })))).toBe(
      'aborted',
    );
    expect(server.seen).toEqual([]);
  });
});

describe('why there is no answer', () => {
  test('nobody listens', async () => {
    const { origin } = await serveRaw(() => {});
    closers.splice(0).forEach((close) => void close());
    await Bun.sleep(0);
    expect(await reasonOf(connect(origin).send(call()))).toBe('refused');
  });

  test('no such host', async () => {
    expect(await reasonOf(connect('http://no-such-host.invalid/v1').send(call()))).toBe('unresolved');
  });

  test('the other side does not speak TLS', async () => {
    const server = await serveRaw((socket) => socket.end(OK));
    expect(await reasonOf(connect(server.origin.replace('http:', 'https:')).send(call()))).toBe('tls');
  });

  test('what is said of it holds no address and no key', async () => {
    const server = await serveRaw((socket) => socket.destroy());
    const error = await connect(server.origin, 'sk-secret')
      .send(call())
      .catch((reason: Error) => reason);
    expect(`${error}`).not.toMatch(/127\.0\.0\.1|sk-secret/);
  });
});

test('the newer name of the output limit is for those who want it', () => {
  const field = (baseUrl: string) => connect(baseUrl).outputCapField;
  for (const url of [
    'https://api.x.ai/v1',
    'https://api.openai.com/v1',
    'https://me.openai.azure.com/openai/v1',
  ])
    expect(field(url)).toBe('max_completion_tokens');
  for (const url of ['http://127.0.0.1:11434/v1', 'https://max.ai/v1', 'https://openai.com.evil.test/v1'])
    expect(field(url)).toBe('max_tokens');
});
