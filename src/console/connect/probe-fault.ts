import { type Clock, within } from '../../ports/clock.ts';
import { readBoundedText } from '../../upstream/bounded-text.ts';
import { UpstreamError, type UpstreamResponse } from '../../upstream/upstream.ts';

/** Why a try of an upstream did not work; a page has a sentence for each. */
export type ProbeFault =
  | 'key-refused'
  | 'no-credit'
  | 'too-fast'
  | 'not-found'
  | 'redirected'
  | 'refused'
  | 'server-error'
  | 'timed-out'
  | 'too-large'
  | 'not-an-api'
  | 'no-models'
  | 'unreachable'
  | 'unresolved'
  | 'tls';

export interface Failed {
  readonly fault: ProbeFault;
  readonly httpStatus: number | null;
  /** The upstream's own words, without the key should it repeat it. */
  readonly words: string | null;
}

/** What an upstream answered with 200. */
export interface Answered {
  readonly text: string;
}

const MAXIMUM_WORDS = 300;

/** One call to an upstream that is not known to be friendly: within a deadline and a number of bytes. */
export async function askBounded(
  clock: Clock,
  { deadlineMs, maximumBytes, key }: { deadlineMs: number; maximumBytes: number; key: string | undefined },
  signal: AbortSignal,
  call: (signal: AbortSignal) => Promise<UpstreamResponse>,
): Promise<Answered | Failed> {
  const stop = new AbortController();
  const end = () => stop.abort();
  signal.addEventListener('abort', end, { once: true });
  const whole = async (): Promise<Answered | Failed> => {
    const response = await call(stop.signal);
    const { text, isWhole } = await readBoundedText(response.body, maximumBytes);
    if (response.status !== 200) return failure(response.status, text, key);
    return isWhole ? { text } : failed('too-large', 200, null);
  };
  try {
    const answered = await within(clock, deadlineMs, whole());
    return answered ?? failed('timed-out', null, null);
  } catch (error) {
    if (error instanceof UpstreamError) return failed(faultOfError(error), null, null);
    // A body that breaks off rejects with whatever the runtime has for it.
    return failed('unreachable', null, null);
  } finally {
    signal.removeEventListener('abort', end);
    stop.abort();
  }
}

export function failed(fault: ProbeFault, httpStatus: number | null, words: string | null): Failed {
  return { fault, httpStatus, words };
}

export function isFailed(value: object): value is Failed {
  return 'fault' in value;
}

function faultOfError({ reason }: UpstreamError): ProbeFault {
  if (reason === 'unresolved' || reason === 'tls' || reason === 'timed-out') return reason;
  return 'unreachable';
}

function failure(status: number, text: string, key: string | undefined): Failed {
  const words = wordsOf(text, key);
  return failed(faultOfStatus(status, words ?? ''), status, words);
}

function faultOfStatus(status: number, words: string): ProbeFault {
  if (status >= 300 && status < 400) return 'redirected';
  if (status === 402 || /insufficient|out of credit|balance|quota/i.test(words)) return 'no-credit';
  // xAI refuses a wrong key with 400.
  if (status === 401 || status === 403 || /incorrect api key|invalid api key|api key not valid/i.test(words))
    return 'key-refused';
  if (status === 404 || status === 405) return 'not-found';
  if (status === 429) return 'too-fast';
  return status >= 500 ? 'server-error' : 'refused';
}

/** What an error says for people, whatever its shape, in one line. HTML is not for people here. */
export function wordsOf(text: string, key: string | undefined): string | null {
  let found: unknown = text;
  try {
    found = messageIn(JSON.parse(text)) ?? text;
  } catch {
    if (/^\s*</.test(text)) return null;
  }
  if (typeof found !== 'string') return null;
  const line = withoutKey(found, key)
    .replace(/[\s\p{C}]+/gu, ' ')
    .trim();
  return line === '' ? null : line.slice(0, MAXIMUM_WORDS);
}

function messageIn(answer: unknown): unknown {
  if (Array.isArray(answer)) return messageIn(answer[0]);
  if (typeof answer !== 'object' || answer === null) return undefined;
  const { error, message, detail, base_resp } = answer as Record<string, unknown>;
  if (typeof error === 'object' && error !== null) return messageIn(error);
  const status = (base_resp as { status_msg?: unknown } | undefined)?.status_msg;
  return [error, message, detail, status].find((part) => typeof part === 'string');
}

/** Upstreams repeat keys in their errors, whole or with a part left out. */
function withoutKey(words: string, key: string | undefined): string {
  if (key === undefined || key === '') return words;
  const cleaned = words.replaceAll(key, '…');
  const part = key.slice(0, 12);
  return part.length < 12 ? cleaned : cleaned.replaceAll(new RegExp(`${escaped(part)}\\S*`, 'g'), '…');
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
