import { UpstreamError, type UpstreamResponse } from './upstream.ts';

/** One call to an upstream that the operator connected: a POST with a body, else a GET. */
export interface ConnectionCall {
  readonly url: string;
  /** Made by `callHeaders`. */
  readonly headers: Headers;
  readonly body?: string;
  readonly signal: AbortSignal;
  /** False: a socket of its own, closed afterwards. */
  readonly keepAlive: boolean;
}

/**
 * The headers of calls, made once for many: a `Headers` is taken over by the runtime, an object is read anew for each
 * call. The answer is asked for as it is, because a compressed stream would be held back.
 */
export function callHeaders(headers: Readonly<Record<string, string>>): Headers {
  return new Headers({ ...headers, 'accept-encoding': 'identity' });
}

/** Whatever `NODE_TLS_REJECT_UNAUTHORIZED` says. */
const CHECKED_CERTIFICATES = { tls: { rejectUnauthorized: true } };

/**
 * The way to the operator's own upstreams. Certificates are always checked, whatever the environment says;
 * redirects are answers, not orders; proxies named in the environment are not used, because the upstream's key
 * travels with the request; and what is compressed although nobody asked for it is not unpacked, because a few bytes
 * could become gigabytes before anybody has counted them.
 */
export async function callUpstream(call: ConnectionCall): Promise<UpstreamResponse> {
  let response: Response;
  try {
    response = await fetch(call.url, {
      method: call.body === undefined ? 'GET' : 'POST',
      headers: call.headers,
      ...(call.body !== undefined && { body: call.body }),
      signal: call.signal,
      keepalive: call.keepAlive,
      redirect: 'manual',
      decompress: false,
      // Bun's own options, unknown to the types. Without `proxy: false` HTTPS_PROXY would reroute the call; without
      // `timeout: false` five silent minutes would end it, and how long to wait is for the caller's signal to say.
      ...({ proxy: false, timeout: false } as object),
      // Reading it costs a call several microseconds, and without TLS it says nothing.
      ...(call.url.startsWith('https:') && CHECKED_CERTIFICATES),
    });
  } catch (reason) {
    throw toUpstreamError(reason, call.signal);
  }
  return {
    status: response.status,
    header: (name) => response.headers.get(name),
    // Asked for only when it is read: a stream that nobody reads would cost more than the whole text does.
    get body() {
      return response.body ?? new Blob([]).stream();
    },
    text: () => response.text(),
  };
}

/** The runtime's error code decides; its message may hold the address and stays out of what we say. */
function toUpstreamError(reason: unknown, signal: AbortSignal): UpstreamError {
  if (signal.aborted) return new UpstreamError('aborted', 'the call was ended here');
  const { code = '', name = '' } = (reason ?? {}) as { code?: string; name?: string };
  if (code === 'ECONNREFUSED' || code === 'ConnectionRefused') return new UpstreamError('refused', code);
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'FailedToOpenSocket')
    return new UpstreamError('unresolved', code);
  if (code === 'ECONNRESET' || code === 'ConnectionClosed' || code === 'EPIPE')
    return new UpstreamError('reset', code);
  if (/CERT|TLS|SSL|SELF_SIGNED|VERIFY|EPROTO/i.test(code)) return new UpstreamError('tls', code);
  if (name === 'TimeoutError' || code === 'ETIMEDOUT') return new UpstreamError('timed-out', code || name);
  return new UpstreamError('broken', code || name || 'unknown');
}
