import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SlowProvider {
  /** Its base URL, with `/v1`. */
  readonly url: string;
  /** Lets a stream that waits say its next words; waits for one if there is none. */
  say(words: string): Promise<void>;
  /** Lets it say its last words and end. */
  finish(words: string): Promise<void>;
  stop(): void;
}

/** The question whose answer waits for `say` and `finish`; all others are answered at once. */
export const SLOW_QUESTION = 'Tell me slowly about toll roads.';

/** A provider of OpenAI's kind that lists a model, answers, and streams at a test's own pace. */
export async function startSlowProvider(): Promise<SlowProvider> {
  const waiting: ServerResponse[] = [];
  let arrived = Promise.withResolvers<void>();
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const piece of request) text += piece;
    if (request.url === '/v1/models') {
      response.end('{"data":[{"id":"grok-2-1212","context_length":131072}]}');
      return;
    }
    const { stream, messages } = JSON.parse(text);
    const usage = { prompt_tokens: 31, completion_tokens: 6, total_tokens: 37 };
    if (!stream) {
      const message = { role: 'assistant', content: 'Forty-two.' };
      response.end(JSON.stringify({ choices: [{ index: 0, message, finish_reason: 'stop' }], usage }));
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    if (JSON.stringify(messages.at(-1)).includes(SLOW_QUESTION)) {
      // Its head must be with the reader before the first word is.
      response.flushHeaders();
      waiting.push(response);
      arrived.resolve();
      return;
    }
    response.write(chunk('Forty-two.'));
    end(response);
  });
  const next = async (): Promise<ServerResponse> => {
    if (waiting.length === 0) await arrived.promise;
    const [response] = waiting;
    if (response === undefined) throw new Error('nobody has asked the slow question');
    return response;
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    async say(words) {
      (await next()).write(chunk(words));
    },
    async finish(words) {
      const response = await next();
      waiting.shift();
      arrived = Promise.withResolvers();
      response.write(chunk(words));
      end(response);
    },
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

function chunk(content: string): string {
  return `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content } }] })}\n\n`;
}

function end(response: ServerResponse): void {
  const last = {
    choices: [{ index: 0, delta: {}, finish_reason: 'stop' }],
    usage: { prompt_tokens: 31, completion_tokens: 6, total_tokens: 37 },
  };
  response.end(`data: ${JSON.stringify(last)}\n\ndata: [DONE]\n\n`);
}
