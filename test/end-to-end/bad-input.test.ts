import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { connect } from 'node:net';
import { type RunningServer, startServer, stopServer, WALK_THROUGH_BODY } from '../fakes/running-server.ts';

/** Everything a stranger may send: a clear error each, nothing charged, the server unharmed. */

let server: RunningServer;
let untouched: unknown;
beforeAll(async () => {
  server = await startServer({ TURNPIKE_LIMITS: 'off' });
  untouched = await server.turnpike('credit', 'balance');
});
afterAll(() => stopServer(server));

const HI = { model: 'grok-beta', messages: [{ role: 'user', content: 'hi' }] };
const PICTURE = { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0KGgo=' } };

interface Case {
  readonly name: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  readonly status: number;
  readonly says: RegExp;
}

const CASES: Case[] = [
  {
    name: 'wrong key',
    headers: { authorization: `Bearer xai-${'z'.repeat(80)}` },
    status: 400,
    says: /Incorrect API key provided: xa\*\*\*zz/,
  },
  {
    name: 'a key of another kind',
    headers: { authorization: 'Bearer sk-1234567890' },
    status: 400,
    says: /sk\*\*\*90/,
  },
  { name: 'no key', headers: { authorization: '' }, status: 401, says: /No API key was sent/ },
  { name: 'malformed JSON', body: '{"model": "grok-beta", ', status: 400, says: /not valid JSON/ },
  { name: 'an empty body', body: '', status: 400, says: /not valid JSON/ },
  { name: 'an array', body: [], status: 400, says: /must be a JSON object/ },
  {
    name: 'wrong content type',
    headers: { 'content-type': 'text/plain' },
    status: 415,
    says: /application\/json/,
  },
  {
    name: 'a form',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    status: 415,
    says: /application\/json/,
  },
  {
    name: 'unknown model',
    body: { ...HI, model: 'grok-99' },
    status: 404,
    says: /grok-99 does not exist or your team/,
  },
  { name: 'no model', body: { messages: HI.messages }, status: 400, says: /model must be/ },
  { name: 'empty messages', body: { ...HI, messages: [] }, status: 400, says: /at least one message/ },
  { name: 'no messages', body: { model: 'grok-beta' }, status: 400, says: /messages must be an array/ },
  {
    name: 'empty content',
    body: { ...HI, messages: [{ role: 'user', content: '' }] },
    status: 400,
    says: /at least one content element/,
  },
  {
    name: 'unknown role',
    body: { ...HI, messages: [{ role: 'root', content: 'x' }] },
    status: 400,
    says: /messages\[0\]\.role/,
  },
  {
    name: 'an image to the text model',
    body: { ...HI, messages: [{ role: 'user', content: [{ type: 'text', text: 'see' }, PICTURE] }] },
    status: 400,
    says: /does not support content elements of type image/,
  },
  {
    name: '140,000 tokens',
    body: { ...HI, messages: [{ role: 'user', content: 'word '.repeat(140_000) }] },
    status: 400,
    says: /maximum prompt length is 131072 but the request contains 14\d{4} tokens/,
  },
  ...['n', 'max_tokens', 'max_completion_tokens'].flatMap((field) =>
    [-1, 0, 1.5, '9', true, [], {}].map((value) => ({
      name: `${field}: ${JSON.stringify(value)}`,
      body: { ...HI, [field]: value },
      status: 400,
      says: new RegExp(`${field} must be a whole number`),
    })),
  ),
  ...['n', 'max_tokens'].flatMap((field) =>
    ['18446744073709551616', '1e309', '-1e309', '9e99'].map((value) => ({
      name: `${field}: ${value}`,
      body: JSON.stringify(HI).replace('{', `{"${field}":${value},`),
      status: 400,
      says: new RegExp(`${field} must be a whole number`),
    })),
  ),
  {
    name: 'temperature 3',
    body: { ...HI, temperature: 3 },
    status: 400,
    says: /temperature must be a number from 0 to 2/,
  },
  {
    name: 'JSON 100,000 deep',
    body: `{"model":"grok-beta","messages":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
    status: 400,
    says: /nested deeper/,
  },
  {
    name: 'a 30 MB body',
    body: { ...HI, messages: [{ role: 'user', content: 'x'.repeat(30_000_000) }] },
    status: 413,
    says: /larger than 26214400 bytes/,
  },
  {
    name: 'a deferred completion',
    body: { ...HI, deferred: true },
    status: 400,
    says: /deferred is not offered/,
  },
];

describe('is refused with a clear error, and nothing is charged', () => {
  for (const { name, body = HI, headers, status, says } of CASES) {
    for (const dialect of ['/v1', '/openai/v1']) {
      test(`${name} (${dialect})`, async () => {
        const response = await server.post(`${dialect}/chat/completions`, body, headers);
        const text = await response.text();
        const answer = JSON.parse(text);
        if (dialect === '/v1') {
          expect({ status: response.status, answer }).toEqual({
            status,
            answer: { code: expect.stringMatching(/^[a-z-]+$/), error: expect.stringMatching(says) },
          });
        } else {
          expect(answer.error.message).toMatch(says);
          expect(answer.error).toContainAllKeys(['message', 'type', 'param', 'code']);
        }
        expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
        expect(response.headers.get('access-control-allow-origin')).toBe('*');
      });
    }
  }
});

test('nothing of that was charged', async () => {
  expect(await server.turnpike('credit', 'balance')).toEqual(untouched);
});

test('OpenAI spells the same failures its own way', async () => {
  const wrongKey = await server.post('/openai/v1/chat/completions', HI, {
    authorization: 'Bearer sk-nothing',
  });
  expect({ status: wrongKey.status, code: (await wrongKey.json()).error.code }).toEqual({
    status: 401,
    code: 'invalid_api_key',
  });
  const model = await server.post('/openai/v1/chat/completions', { ...HI, model: 'nope' });
  expect({ status: model.status, code: (await model.json()).error.code }).toEqual({
    status: 404,
    code: 'model_not_found',
  });
});

describe('paths and methods', () => {
  test('an unknown path says where to look', async () => {
    const response = await server.post('/v1/openai/chat/completions', HI);
    expect(response.status).toBe(404);
    expect((await response.json()).error).toMatch(/No handler found on route.*POST \/v1\/chat\/completions/);
  });
  test('a wrong method says which one is right', async () => {
    const response = await server.fetch('/v1/chat/completions');
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST');
  });
  for (const path of ['/chat/completions', '/v1/v1/chat/completions', '/openai/v1/chat/completions']) {
    test(`${path} finds its way`, async () => {
      expect((await server.post(path, HI)).status).toBe(200);
    });
  }
});

describe('what is dropped, not refused', () => {
  test('fields that name a destination or a credential never reach an upstream', async () => {
    const body = {
      ...HI,
      api_base: 'http://169.254.169.254/',
      base_url: 'http://127.0.0.1:1/',
      litellm_params: { api_key: 'sk-x' },
      metadata: { nested: [{ apiBase: 'http://x/' }] },
    };
    const response = await server.post('/v1/chat/completions', body);
    expect(response.status).toBe(200);
    expect((await response.json()).choices[0].message.content).toBeString();
  });
  test('__proto__ pollutes nothing', async () => {
    const response = await server.post(
      '/v1/chat/completions',
      JSON.stringify(HI).replace('{', '{"__proto__":{"stream":true},'),
    );
    expect(response.headers.get('content-type')).toContain('application/json');
    expect(response.status).toBe(200);
  });
  test('unknown fields, nulls and a string as stop are fine', async () => {
    const body = {
      ...HI,
      top_p: null,
      frequency_penalty: null,
      stop: 'zzz',
      parallel_function_calling: true,
      x: { y: 1 },
    };
    expect((await server.post('/v1/chat/completions', body)).status).toBe(200);
  });
});

describe('hostile connections', () => {
  test('10,000 headers', async () => {
    const head = Array.from({ length: 10_000 }, (_, index) => `x-h${index}: ${index}`).join('\r\n');
    const answer = await speak(
      `POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\n${head}\r\ncontent-length: 2\r\n\r\n{}`,
    );
    expect(answer).toMatch(/^(HTTP\/1\.1 4\d\d|$)/);
  });
  test('a body that is longer than it said', async () => {
    const body = JSON.stringify(HI);
    const answer = await speak(
      `POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${server.key}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}GET /v1/models HTTP/1.1\r\n\r\n`,
    );
    expect(answer).toContain('200 OK');
  });
  test('both length and chunks', async () => {
    const answer = await speak(
      'POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET /v1/models HTTP/1.1\r\nhost: x\r\n\r\n',
    );
    expect(answer).not.toMatch(/HTTP\/1\.1 200/);
  });
  test('a chunked body beyond the limit', async () => {
    const piece = new Uint8Array(1_000_000).fill(0x20);
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1;
        if (sent > 40) controller.close();
        else controller.enqueue(piece);
      },
    });
    const response = await fetch(`${server.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${server.key}`, 'content-type': 'application/json' },
      body,
    }).catch((error: unknown) => error);
    if (response instanceof Response) expect(response.status).toBe(413);
  });
});

test('after all of it the server serves, and its books are in order', async () => {
  const response = await server.post('/v1/chat/completions', WALK_THROUGH_BODY);
  expect(response.status).toBe(200);
  expect((await server.fetch('/readyz')).status).toBe(200);
  const audit = (await server.turnpike('audit')) as { findings: unknown[] };
  expect(audit.findings).toEqual([]);
  expect(server.log()).not.toContain('assertion-broken');
});

/** Speaks raw HTTP; answers what came back until the other side is silent or closes. */
function speak(text: string): Promise<string> {
  const { hostname, port } = new URL(server.url);
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(Number(port), hostname, () => socket.write(text));
    socket.on('data', (data) => (answer += data.toString('latin1')));
    socket.on('close', () => resolve(answer));
    socket.on('error', () => resolve(answer));
    socket.setTimeout(2_000, () => socket.destroy());
  });
}
