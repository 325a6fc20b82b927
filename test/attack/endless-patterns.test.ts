import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { connect } from 'node:net';
import { maskForeignKey } from '../../src/domain/api-key.ts';
import { parseAddress, parseNetwork } from '../../src/domain/network-address.ts';
import { preflight } from '../../src/http/cors.ts';
import { ownBaseUrl } from '../../src/http/own-base-url.ts';
import { chooseLanguage } from '../../src/language/choose-language.ts';
import { parseTraceParent } from '../../src/protocol/trace-context.ts';
import { readErrorSentence } from '../../src/protocol/xai-chat/error.ts';
import { parseChatRequest } from '../../src/protocol/xai-chat/request.ts';
import { readChatAnswer } from '../../src/protocol/xai-chat/response.ts';
import { readStreamChunk } from '../../src/protocol/xai-chat/stream.ts';
import { type RunningServer, startServer, stopServer } from '../fakes/running-server.ts';

/**
 * Texts on which a careless pattern goes back and forth. No time is measured: where the work grows with the square of a
 * text, these take minutes, and the test's own limit ends it.
 */

const UNITS = [
  'a',
  '0',
  ' ',
  '\t',
  '/',
  '\\',
  '"',
  '-',
  '.',
  '=',
  '{"a":',
  '[',
  'a ',
  '__proto__',
  '\\u005f',
];

/** What fits into one header or path; of a few hundred of them each. */
const HEADER_CHARACTERS = 15_000;

/** What fits into a body. */
const BODY_CHARACTERS = 5_000_000;

describe('texts as long as a header', () => {
  const readers: Record<string, (text: string) => unknown> = {
    'a foreign key': maskForeignKey,
    'an address': parseAddress,
    'a network': parseNetwork,
    'a language': chooseLanguage,
    'a trace': parseTraceParent,
    'a host': (host) => ownBaseUrl({ host }, 'http://127.0.0.1'),
    'a preflight': (asked) =>
      preflight(
        new Request('http://127.0.0.1/', {
          headers: { 'access-control-request-headers': asked.replaceAll(/[^\x20-\x7e]/g, '?') },
        }),
      ),
  };
  test.each(Object.keys(readers))('%s', (name) => {
    for (const unit of UNITS) {
      const text = unit.repeat(HEADER_CHARACTERS / unit.length);
      for (let turn = 0; turn < 200; turn += 1) readers[name]?.(`${text}\u0001`.slice(turn));
    }
    expect(readers[name]).toBeFunction();
  });
});

describe('texts as long as a body', () => {
  const readers: Record<string, (text: string) => unknown> = {
    'of a request': (content) =>
      parseChatRequest(JSON.stringify({ model: 'm', messages: [{ role: 'user', content }], stop: content })),
    'of an answer': (content) =>
      readChatAnswer(JSON.stringify({ choices: [{ message: { content, [content.slice(0, 9)]: content } }] })),
    'of an event': (content) => readStreamChunk(JSON.stringify({ choices: [{ delta: { content } }] })),
    'of an error': (error) => readErrorSentence(JSON.stringify({ error })),
    'that is no JSON': (text) => [parseChatRequest(text), readChatAnswer(text), readStreamChunk(text)],
  };
  test.each(Object.keys(readers))('%s', (name) => {
    for (const unit of UNITS) readers[name]?.(`${unit.repeat(BODY_CHARACTERS / 10 / unit.length)}\u0001`);
    readers[name]?.(`${' '.repeat(BODY_CHARACTERS)}\u0001`);
    expect(readers[name]).toBeFunction();
  });
});

describe('paths that lead nowhere', () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => stopServer(server));

  test('are told so at once, whatever they consist of', async () => {
    for (const unit of ['/', 'a/', '%2f', '.', '/v1/', ':']) {
      const path = `/${unit.repeat(HEADER_CHARACTERS / unit.length)}x`;
      const statuses = await Promise.all(Array.from({ length: 100 }, () => askFor(server, path)));
      expect(statuses).toEqual(statuses.map(() => 404));
    }
    expect((await server.fetch('/healthz')).status).toBe(200);
  });
});

/** On a socket of its own: `fetch` makes paths shorter. */
function askFor({ url }: RunningServer, path: string): Promise<number> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(Number(port), hostname, () => {
      socket.write(`GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
    });
    socket.on('data', (data) => {
      answer += data.toString('latin1');
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1])));
  });
}
