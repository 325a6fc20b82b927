import { callHeaders, callUpstream } from './connection.ts';
import { createOpenaiCompatible } from './openai-compatible.ts';
import type { Upstream, UpstreamResponse } from './upstream.ts';

/** An upstream that is no channel yet: where it is, and the key that it is to be tried with. */
export interface DialTarget {
  readonly name: string;
  readonly baseUrl: string;
  readonly key: string | undefined;
}

/** A way to try an upstream before it is connected. */
export interface Dialled {
  /** The same that a channel would be answered by. */
  readonly upstream: Upstream;
  /** Asks for a path below the base URL. Rejects with `UpstreamError` and nothing else. */
  get(path: string, signal: AbortSignal): Promise<UpstreamResponse>;
}

export type Dial = (target: DialTarget) => Dialled;

/** Anthropic takes the key in another header where its API is not OpenAI's, as in its list of models. */
const ANTHROPIC_VERSION = '2023-06-01';

/**
 * Calls whatever an operator names, on this machine and network too. Redirects are not followed, so a key goes to the
 * address that was named and to no other.
 */
export const dial: Dial = ({ name, baseUrl, key }) => {
  const isAnthropic = new URL(baseUrl).hostname === 'api.anthropic.com';
  const headers = callHeaders({
    accept: 'application/json',
    ...(key !== undefined && { authorization: `Bearer ${key}` }),
    ...(key !== undefined && isAnthropic && { 'x-api-key': key, 'anthropic-version': ANTHROPIC_VERSION }),
  });
  return {
    upstream: createOpenaiCompatible({
      ...{ name, baseUrl, key },
      upstreamModel: (model) => model,
      inputModalities: ['text', 'image'],
    }),
    get: (path, signal) => callUpstream({ url: baseUrl + path, headers, signal, keepAlive: false }),
  };
};
