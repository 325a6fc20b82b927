import { lookup } from 'node:dns/promises';
import {
  type AllowAddress,
  findGuardedTarget,
  type GuardedTarget,
  type ResolveName,
  type TargetRefusal,
} from './guarded-target.ts';

/** From the first look-up to the last byte, redirects included. xAI gives the same. */
const GUARDED_FETCH_DEADLINE_MS = 5_000;
/** Redirects that are followed; each one's target is checked like the first. */
const MAXIMUM_REDIRECTS = 3;
/** Addresses of one name that are tried when a connection does not come about. */
const ADDRESSES_TRIED = 3;
const USER_AGENT = 'Turnpike-ImageFetch/1.0';
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

export interface GuardedFetchOptions {
  /** The longest body that is accepted. */
  readonly maxBytes: number;
  readonly deadlineMs?: number;
  readonly signal?: AbortSignal;
  /** How names are resolved; by the system unless a test says otherwise. */
  readonly resolve?: ResolveName;
  /** For tests alone. */
  readonly allowAddress?: AllowAddress;
  /** For tests alone: certificate authorities (PEM) to trust instead of the system's. */
  readonly trustedCa?: string;
}

export type GuardedFetchRefusal =
  | TargetRefusal
  | 'unreachable'
  | 'tls'
  | 'redirects'
  | 'status'
  | 'too-large'
  | 'timed-out'
  | 'aborted';

/** What came of it. `words` complete a sentence for the caller: "The image … " */
export type GuardedFetchResult =
  | { readonly ok: true; readonly bytes: Uint8Array; readonly contentType: string | null }
  | { readonly ok: false; readonly reason: GuardedFetchRefusal; readonly words: string };

/**
 * Fetches what a caller named by its address, without letting the caller reach anything but public web servers.
 *
 * Looking a name up, checking it and then fetching by name is unsafe: the fetch looks the name up again and a
 * hostile name server answers differently. So the fetch goes to the checked address itself, and one value, the
 * name from the URL, becomes the Host header and the name that the certificate must carry. No proxy from the
 * environment is used, redirects are followed here with every check repeated, nothing of the caller's is sent
 * along, and a compressed body is not unpacked. Never rejects.
 */
export async function fetchGuarded(
  address: string,
  options: GuardedFetchOptions,
): Promise<GuardedFetchResult> {
  const ending = new AbortController();
  let why: 'timed-out' | 'aborted' = 'timed-out';
  const timer = setTimeout(() => ending.abort(), options.deadlineMs ?? GUARDED_FETCH_DEADLINE_MS);
  const onAbort = () => {
    why = 'aborted';
    ending.abort();
  };
  if (options.signal?.aborted) onAbort();
  options.signal?.addEventListener('abort', onAbort, { once: true });
  try {
    const result = await followRedirects(address, options, ending.signal);
    if (typeof result !== 'string') return result;
    const reason = ending.signal.aborted ? why : result;
    return { ok: false, reason, words: WORDS[reason] };
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', onAbort);
    // Ends what is still open: the rest of a body that was too large, or a look-up nobody waits for.
    ending.abort();
  }
}

type Fetched = Extract<GuardedFetchResult, { ok: true }>;

async function followRedirects(
  first: string,
  { resolve = resolveBySystem, allowAddress, trustedCa, maxBytes }: GuardedFetchOptions,
  signal: AbortSignal,
): Promise<Fetched | GuardedFetchRefusal> {
  let address = first;
  for (let redirects = 0; redirects <= MAXIMUM_REDIRECTS; redirects += 1) {
    const target = await unlessAborted(findGuardedTarget(address, { resolve, allowAddress }), signal);
    if (typeof target === 'string') return target;
    const response = await connect(target, trustedCa, signal);
    if (typeof response === 'string') return response;
    const location = response.headers.get('location');
    if (!REDIRECTS.has(response.status) || location === null) {
      if (response.status === 200) return readBody(response, maxBytes);
      await drop(response);
      return 'status';
    }
    await drop(response);
    // Relative to the address the caller named, not to the one that was connected to.
    const next = URL.parse(location, target.url);
    if (next === null) return 'malformed';
    address = next.href;
  }
  return 'redirects';
}

/** The response's head from the first address that gives one. */
async function connect(
  { url, host, hostIsAddress, port, addresses }: GuardedTarget,
  trustedCa: string | undefined,
  signal: AbortSignal,
): Promise<Response | GuardedFetchRefusal> {
  let refusal: GuardedFetchRefusal = 'unreachable';
  for (const address of addresses.slice(0, ADDRESSES_TRIED)) {
    const authority = `${address.includes(':') ? `[${address}]` : address}:${port}`;
    try {
      return await fetch(`${url.protocol}//${authority}${url.pathname}${url.search}`, {
        headers: {
          host: url.host,
          'user-agent': USER_AGENT,
          accept: 'image/*',
          'accept-encoding': 'identity',
        },
        redirect: 'manual',
        proxy: false,
        // A connection of its own: nothing is inherited from, or left to, another caller's request.
        keepalive: false,
        protocol: 'http1.1',
        decompress: false,
        tls: {
          rejectUnauthorized: true,
          // SNI has no addresses; without a server name the certificate is held to the address in the URL.
          ...(hostIsAddress ? {} : { serverName: host }),
          ...(trustedCa === undefined ? {} : { ca: trustedCa }),
        },
        signal,
      });
    } catch (reason) {
      if (signal.aborted) return 'timed-out';
      if (isTlsFailure(reason)) refusal = 'tls';
    }
  }
  return refusal;
}

async function readBody(response: Response, maxBytes: number): Promise<Fetched | GuardedFetchRefusal> {
  const contentType = response.headers.get('content-type');
  if (Number(response.headers.get('content-length') ?? 0) > maxBytes) {
    await drop(response);
    return 'too-large';
  }
  const pieces: Uint8Array[] = [];
  let sizeBytes = 0;
  try {
    for await (const piece of response.body ?? []) {
      sizeBytes += piece.length;
      // Leaving the loop cancels the body.
      if (sizeBytes > maxBytes) return 'too-large';
      pieces.push(piece);
    }
  } catch {
    return 'unreachable';
  }
  return { ok: true, bytes: Buffer.concat(pieces), contentType };
}

async function drop(response: Response): Promise<void> {
  // It may have failed already, and nobody wants it any more.
  await response.body?.cancel().catch(() => {});
}

/** The system's resolver cannot be stopped; past the deadline nobody waits for it. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | 'timed-out'> {
  return new Promise((settle) => {
    const onAbort = () => settle('timed-out');
    if (signal.aborted) return onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    void work
      .then(settle, () => settle('timed-out'))
      .finally(() => signal.removeEventListener('abort', onAbort));
  });
}

/** Look-ups at once. They occupy the system's few resolver threads, also when nobody waits for them any more. */
const LOOKUPS_AT_ONCE = 32;
let lookupsRunning = 0;

async function resolveBySystem(host: string): Promise<readonly string[]> {
  if (lookupsRunning >= LOOKUPS_AT_ONCE) throw new Error('Too many names are being looked up.');
  lookupsRunning += 1;
  try {
    return (await lookup(host, { all: true })).map(({ address }) => address);
  } finally {
    lookupsRunning -= 1;
  }
}

function isTlsFailure(reason: unknown): boolean {
  const code = reason instanceof Error && 'code' in reason ? String(reason.code) : '';
  return /CERT|TLS|SSL|EPROTO|VERIFY|ISSUER/.test(code);
}

/**
 * The same words for a name that does not exist and one that leads inside, so that nobody can learn from them
 * which names the private network has.
 */
const NOT_PUBLIC = 'is not at an address that can be reached publicly.';

const WORDS: Readonly<Record<GuardedFetchRefusal, string>> = {
  malformed: 'has an address that is no URL.',
  scheme: 'must be at an http or https address.',
  credentials: 'must be at an address without a user name or password.',
  port: 'must be at a port that web servers use.',
  'not-public': NOT_PUBLIC,
  unresolved: NOT_PUBLIC,
  unreachable: 'could not be fetched: its server does not answer.',
  tls: "could not be fetched: its server's certificate is not valid.",
  redirects: 'could not be fetched: its address leads to too many others.',
  status: 'could not be fetched: its server does not have it.',
  'too-large': 'is too large.',
  'timed-out': 'could not be fetched in time.',
  aborted: 'is no longer wanted.',
};
