import { callHeaders, callUpstream } from './connection.ts';
import { type Upstream, type UpstreamCall, UpstreamError, type UpstreamResponse } from './upstream.ts';

export interface OpenaiCompatibleOptions {
  readonly name: string;
  /** Up to and including `/v1`, without a trailing slash. */
  readonly baseUrl: string;
  readonly key: string | undefined;
  /** The upstream's name for a public model. */
  readonly upstreamModel: (publicModel: string) => string;
  readonly inputModalities: readonly ('text' | 'image')[];
  readonly contextTokens?: number | undefined;
}

/** Providers whose newer models refuse `max_tokens`. Most other servers know nothing else. */
const WANTS_NEWER_NAME = /(?:^|\.)(?:x\.ai|openai\.com|openai\.azure\.com)$/;

/** Any server that speaks the OpenAI chat-completions wire: a provider, Ollama, vLLM, SGLang, another gateway. */
export function createOpenaiCompatible(options: OpenaiCompatibleOptions): Upstream {
  const url = `${options.baseUrl}/chat/completions`;
  const authorization: Record<string, string> =
    options.key === undefined ? {} : { authorization: `Bearer ${options.key}` };
  const headersFor = (accept: string) =>
    callHeaders({ 'content-type': 'application/json', accept, ...authorization });
  const streamHeaders = headersFor('text/event-stream');
  const wholeHeaders = headersFor('application/json');
  let hasAnswered = false;

  const post = ({ body, stream, signal }: UpstreamCall, keepAlive: boolean): Promise<UpstreamResponse> =>
    callUpstream({
      url,
      headers: stream ? streamHeaders : wholeHeaders,
      body,
      signal,
      keepAlive,
    });

  return {
    name: options.name,
    kind: 'openai-compatible',
    simulated: false,
    address: addressOf(new URL(options.baseUrl)),
    inputModalities: options.inputModalities,
    contextTokens: options.contextTokens,
    outputCapField: WANTS_NEWER_NAME.test(new URL(options.baseUrl).hostname)
      ? 'max_completion_tokens'
      : 'max_tokens',
    upstreamModel: options.upstreamModel,
    send: (call) =>
      post(call, true).then(
        (response) => {
          hasAnswered = true;
          return response;
        },
        (reason) => {
          // An idle connection may be closed by the other side at the moment it is used again. Only then, and
          // only before a response head, is the call sent once more, on a connection of its own.
          if (!hasAnswered || !(reason instanceof UpstreamError) || reason.reason !== 'reset') throw reason;
          return post(call, false);
        },
      ),
  };
}

function addressOf({ hostname, port, protocol }: URL): { host: string; port: number } {
  return { host: hostname, port: Number(port) || (protocol === 'https:' ? 443 : 80) };
}
