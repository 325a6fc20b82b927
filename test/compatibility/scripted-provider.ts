import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a provider does with one request. */
export type Turn = (response: ServerResponse, request: ProviderRequest) => void;

/** The part of a chat completion's body that the provider looks at. */
export interface ProviderRequest {
  readonly model: string;
  readonly stream?: boolean;
  readonly messages: readonly { readonly role: string; readonly content: unknown }[];
  readonly [field: string]: unknown;
}

export interface ScriptedProvider {
  /** For `TURNPIKE_UPSTREAM`. */
  readonly baseUrl: string;
  /** Everything that was asked, in order. */
  readonly requests: readonly ProviderRequest[];
  /** What to do with the next requests; afterwards each is answered with `ANSWER`. */
  script(...turns: readonly Turn[]): void;
  stop(): Promise<void>;
}

export const ANSWER = 'Forty-two, as everybody knows.';
const USAGE = { prompt_tokens: 10, completion_tokens: 6, total_tokens: 16 };

/** A server that speaks OpenAI's chat completions and fails as it is told, for what a client does about it. */
export async function startProvider(): Promise<ScriptedProvider> {
  const requests: ProviderRequest[] = [];
  const turns: Turn[] = [];
  const server = createServer(async (incoming, response) => {
    let text = '';
    for await (const piece of incoming) text += piece;
    const request: ProviderRequest = JSON.parse(text);
    requests.push(request);
    (turns.shift() ?? say(ANSWER))(response, request);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    script: (...more) => void turns.splice(0, turns.length, ...more),
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Answers with a text: as a stream in pieces of one word, or as a whole. */
export function say(text: string): Turn {
  return (response, request) => {
    if (request.stream !== true) {
      response.writeHead(200, { 'content-type': 'application/json' });
      const message = { role: 'assistant', content: text };
      const choices = [{ index: 0, message, finish_reason: 'stop' }];
      response.end(JSON.stringify({ ...headOf('chat.completion', request), choices, usage: USAGE }));
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const word of text.split(/(?<= )/)) response.write(deltaOf(request, word));
    response.write(eventOf(request, { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }));
    response.write(eventOf(request, { choices: [], usage: USAGE }));
    response.end('data: [DONE]\n\n');
  };
}

/** Answers with a status of its own. */
export function refuse(status: number, headers: Readonly<Record<string, string>> = {}): Turn {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end('{"error":{"message":"Not now.","type":"server_error","param":null,"code":null}}');
  };
}

/** Breaks the connection without a byte of an answer. */
export const hangUp: Turn = (response) => void response.socket?.destroy();

/** Long enough for the words to be handed on: Bun's client drops what it still holds when a connection breaks. */
const BREAK_AFTER_MS = 300;

/** Streams some words and breaks the connection. */
export function breakAfter(words: string): Turn {
  return (response, request) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(deltaOf(request, words));
    setTimeout(() => response.socket?.destroy(), BREAK_AFTER_MS);
  };
}

function deltaOf(request: ProviderRequest, content: string): string {
  return eventOf(request, {
    choices: [{ index: 0, delta: { role: 'assistant', content }, finish_reason: null }],
  });
}

function eventOf(request: ProviderRequest, members: object): string {
  return `data: ${JSON.stringify({ ...headOf('chat.completion.chunk', request), ...members })}\n\n`;
}

function headOf(object: string, { model }: ProviderRequest): object {
  return { id: 'chatcmpl-1', object, created: 1_732_000_000, model };
}
