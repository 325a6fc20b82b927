import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { rawCall } from '../fakes/raw-call.ts';
import { type RunningServer, startServer, stopServer } from '../fakes/running-server.ts';
import { expectBooksInOrder } from '../fakes/server-before-upstream.ts';
import { readRequests } from './read-books.ts';

/**
 * The upstream has sent so many bytes of its stream and no more when the caller hangs up, for every number of bytes
 * there is: in the middle of an event, of a character, of the last line. What had been made by then is charged, and
 * the upstream, which would never have ended by itself, is cancelled.
 */

const AT_ONCE = 32;
const CANCEL_DEADLINE_MS = 10_000;

const PROMPT_TOKENS = 1_000;
const WORDS = ['In', ' der', ' 天气', ' 🌧️', ' and', '.'];

/** Each figure's prompt says how long the prefix is, so that a row of the books names the call it is about. */
type Usage = (tokens: number) => object | undefined;

interface Recording {
  readonly name: string;
  /** The usage that a content chunk carries. */
  readonly figureOf: (offset: number) => Usage;
}

const RECORDINGS: readonly Recording[] = [
  { name: 'with a figure on each chunk', figureOf: (offset) => (tokens) => figure(offset, tokens) },
  { name: 'with a figure on the last chunk', figureOf: () => () => undefined },
];

function figure(offset: number, tokens: number) {
  const prompt = PROMPT_TOKENS + offset;
  return { prompt_tokens: prompt, completion_tokens: tokens, total_tokens: prompt + tokens };
}

/** The upstream's whole stream, as the call with this offset gets it. */
function record(offset: number, usageOf: Usage): Buffer {
  const chunk = (delta: object, finish: string | null, usage: object | undefined) => {
    const choices = [{ index: 0, delta, finish_reason: finish }];
    return `data: ${JSON.stringify({ id: 'r', object: 'chat.completion.chunk', created: 1, model: 'r', choices, usage })}\n\n`;
  };
  return Buffer.from(
    [
      ': a comment, as some servers send\n\n',
      ...WORDS.map((content, index) => chunk({ content }, null, usageOf(index + 1))),
      chunk({}, 'stop', figure(offset, WORDS.length)),
      'data: [DONE]\n\n',
    ].join(''),
  );
}

/** Content chunks that are whole in so many bytes. */
function wholeChunks(prefix: Buffer): number {
  return prefix
    .toString()
    .split('\n\n')
    .slice(0, -1)
    .filter((event) => event.includes('"content"')).length;
}

interface Order {
  readonly recording: number;
  readonly offset: number;
}

const cancelled = new Map<string, PromiseWithResolvers<void>>();
const keyOf = ({ recording, offset }: Order) => `${recording}:${offset}`;

const upstream = createServer(async (request, response) => {
  let text = '';
  for await (const piece of request) text += piece;
  const { mock } = JSON.parse(text) as { mock: Order };
  const { figureOf } = RECORDINGS[mock.recording] as Recording;
  const stream = record(mock.offset, figureOf(mock.offset));
  response.on('close', () => cancelled.get(keyOf(mock))?.resolve());
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.flushHeaders();
  // From here on nothing more comes, and no end either.
  if (mock.offset > 0) response.write(stream.subarray(0, mock.offset));
});

let server: RunningServer;
beforeAll(async () => {
  upstream.listen(0, '127.0.0.1');
  await once(upstream, 'listening');
  server = await startServer({
    TURNPIKE_LIMITS: 'off',
    TURNPIKE_LOG_LEVEL: 'warn',
    TURNPIKE_UPSTREAM: `http://127.0.0.1:${(upstream.address() as AddressInfo).port}/v1`,
  });
  await server.turnpike('credit', 'grant', '5000');
}, 60_000);
afterAll(async () => {
  await stopServer(server);
  upstream.closeAllConnections();
  upstream.close();
});

interface HungUp {
  readonly offset: number;
  /** Content chunks that the caller had in hands. */
  readonly chunks: number;
  readonly requestId: string | undefined;
  readonly body: string;
}

/** Calls, reads what there is to read of so many bytes, hangs up, and waits until the upstream is let go. */
async function hangUpAfter(recording: number, offset: number, stream: Buffer): Promise<HungUp> {
  const chunks = wholeChunks(stream.subarray(0, offset));
  const released = Promise.withResolvers<void>();
  cancelled.set(keyOf({ recording, offset }), released);
  const seen = Promise.withResolvers<void>();
  let raw = '';
  const { socket, text } = rawCall(server, { stream: true, mock: { recording, offset } }, (piece) => {
    raw += piece;
    if ((raw.match(/"content":/g)?.length ?? 0) >= chunks) seen.resolve();
  });
  // The whole stream is read to its end; of all others the caller takes what comes and leaves.
  if (offset === stream.length) await text;
  else await within(seen.promise, `the chunks before byte ${offset} did not arrive: ${raw}`);
  socket.destroy();
  await within(released.promise, `byte ${offset}: the upstream was not cancelled`);
  return { offset, chunks, requestId: /^x-request-id: (\S+)\r$/im.exec(raw)?.[1], body: await text };
}

async function within(promise: Promise<void>, complaint: string): Promise<void> {
  const deadline = Promise.withResolvers<void>();
  const timer = setTimeout(() => deadline.reject(new Error(complaint)), CANCEL_DEADLINE_MS);
  try {
    await Promise.race([promise, deadline.promise]);
  } finally {
    clearTimeout(timer);
  }
}

describe('a hang-up at each byte of a stream', () => {
  for (const [recording, { name, figureOf }] of RECORDINGS.entries()) {
    test(`${name}: what was made by then is charged, and the upstream is cancelled`, async () => {
      const { length } = record(0, figureOf(0));
      const offsets = Array.from({ length: length + 1 }, (_, offset) => offset);
      const calls: HungUp[] = [];
      const caller = async () => {
        for (let offset = offsets.pop(); offset !== undefined; offset = offsets.pop())
          calls.push(await hangUpAfter(recording, offset, record(offset, figureOf(offset))));
      };
      await Promise.all(Array.from({ length: AT_ONCE }, caller));
      expect(calls).toHaveLength(length + 1);

      await expectBooksInOrder(server);
      const rows = new Map((await readRequests(server)).map((row) => [row.request_id, row]));
      const wrong = calls.flatMap(({ offset, chunks, requestId = '', body }) => {
        const row = rows.get(requestId);
        const isWhole = offset === length;
        const outcome = isWhole ? 'completed' : 'client-gone';
        const facts = JSON.stringify({ offset, chunks, row });
        if (row === undefined || row.outcome !== outcome || body.includes('[DONE]') !== isWhole)
          return [facts];
        if (chunks === 0) return row.cost_ticks === '0' ? [] : [facts];
        const { input_tokens, output_tokens, cost_ticks } = row;
        if (BigInt(cost_ticks) !== BigInt(input_tokens) * 50_000n + BigInt(output_tokens) * 150_000n)
          return [facts];
        const hasFigure = figureOf(offset)(1) !== undefined || isWhole;
        if (hasFigure)
          return input_tokens === PROMPT_TOKENS + offset && output_tokens === chunks ? [] : [facts];
        // Counted by us: no word has less than a token or more than its bytes.
        const bytes = Buffer.byteLength(WORDS.slice(0, chunks).join(''));
        return output_tokens >= chunks && output_tokens <= bytes ? [] : [facts];
      });
      expect(wrong).toEqual([]);
    }, 60_000);
  }
});
