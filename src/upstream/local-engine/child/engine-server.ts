import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { answerChat } from './answer-chat.ts';
import { countPrompt, tokenizeText } from './answer-tokens.ts';
import { ApiError } from './api-error.ts';
import { event } from './chat-wire.ts';
import type { Engine } from './engine.ts';
import { parseBody } from './read-chat-request.ts';
import { Reply } from './reply.ts';

/** Far more text than any context takes; the gateway has a bound of its own. */
const BODY_BYTES_AT_MOST = 8 * 1024 * 1024;

/** Serves the engine to whoever knows the token. Any user of this machine can reach a loopback port. */
export function createEngineServer(engine: Engine, token: string): Server {
  const authorization = digest(`Bearer ${token}`);
  const server = createServer((request, response) => {
    const gone = new AbortController();
    response.on('close', () => {
      if (!response.writableFinished) gone.abort(new Error('the caller has gone'));
    });
    const reply = new Reply(response, gone.signal);
    handle(engine, authorization, request, reply, gone.signal).catch((error: unknown) => {
      if (!gone.signal.aborted) refuse(reply, error, response);
    });
  });
  // An answer takes as long as it takes; the caller ends what it no longer wants.
  server.requestTimeout = 0;
  server.timeout = 0;
  return server;
}

async function handle(
  engine: Engine,
  authorization: Buffer,
  request: IncomingMessage,
  reply: Reply,
  signal: AbortSignal,
): Promise<void> {
  if (!timingSafeEqual(digest(request.headers.authorization ?? ''), authorization)) {
    throw new ApiError(401, 'invalid_token', 'The token is wrong.');
  }
  switch (`${request.method} ${request.url}`) {
    case 'GET /health':
      return reply.json(200, { model: engine.modelName, contextTokens: engine.open.contextTokens });
    case 'POST /chat/completions':
      return answerChat(engine, parseBody(await readBody(request)), reply, signal);
    case 'POST /count':
      return reply.json(200, countPrompt(engine, parseBody(await readBody(request))));
    case 'POST /tokenize':
      return reply.json(200, tokenizeText(engine, parseBody(await readBody(request))));
    default:
      throw new ApiError(404, 'not_found', 'There is no such path.');
  }
}

/** Errors that are not ours are not told: their text may hold a prompt. */
function refuse(reply: Reply, error: unknown, response: ServerResponse): void {
  const known =
    error instanceof ApiError
      ? error
      : new ApiError(500, 'engine_error', 'The local model could not answer.');
  if (!(error instanceof ApiError))
    process.stderr.write(`a call failed: ${(error as Error | null)?.name ?? 'unknown'}\n`);
  if (!reply.hasBegun) {
    void reply.json(known.status, known.toJSON());
    return;
  }
  response.write(event(known.toJSON()), () => reply.destroy());
}

async function readBody(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of request) {
    bytes += (piece as Buffer).length;
    if (bytes > BODY_BYTES_AT_MOST) throw new ApiError(413, 'body_too_large', 'The body is too large.');
    pieces.push(piece as Buffer);
  }
  return Buffer.concat(pieces).toString('utf8');
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
