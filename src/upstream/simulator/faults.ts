import type { Clock } from '../../ports/clock.ts';
import { UpstreamError } from '../upstream.ts';
import type { Refusal } from './refusal.ts';
import type { Fault } from './settings.ts';

/** A hang ends by itself, so that a forgotten test does not hold its memory for ever. */
export const HANG_MAX_MS = 900_000;

/** Faults that are an answer of their own: a status, an error in OpenAI's shape, and no model. */
export function refusalOf(fault: Fault | undefined): Refusal | undefined {
  const told = 'The simulator was asked to fail like this.';
  if (fault === 'status-429') {
    return { status: 429, type: 'rate_limit_error', message: told, param: null, code: 'rate_limit_exceeded' };
  }
  if (fault !== 'status-500' && fault !== 'status-503') return undefined;
  return {
    status: fault === 'status-500' ? 500 : 503,
    type: 'server_error',
    message: told,
    param: null,
    code: null,
  };
}

/** An upstream that stops answering. Never resolves; rejects when the signal is aborted, or in the end. */
export function hang(clock: Clock, signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const onAbort = () => {
      cancel();
      reject(new UpstreamError('aborted', 'The call was ended while the simulator hung.'));
    };
    const cancel = clock.after(HANG_MAX_MS, () => {
      signal.removeEventListener('abort', onAbort);
      reject(new UpstreamError('timed-out', 'The simulator hung as it was asked to.'));
    });
    if (signal.aborted) return onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
  });
}

export function reset(): UpstreamError {
  return new UpstreamError('reset', 'The simulator broke the connection as it was asked to.');
}

const ERROR_TEXT =
  '{"error":{"message":"The simulator was asked to fail like this.","type":"server_error","param":null,"code":null}}';

/**
 * The pieces of a whole answer's body under a fault. `hang-mid-stream` and `half-stream` send half: then
 * nothing more comes, or the connection breaks (a body shorter than promised is never a clean end). `reset`
 * breaks the connection before there is a body.
 */
export async function* spoilBody(
  text: string,
  fault: Fault | undefined,
  clock: Clock,
  signal: AbortSignal,
): AsyncGenerator<string> {
  if (fault === 'error-event') return yield ERROR_TEXT;
  const half = text.slice(0, text.length / 2);
  if (fault === 'bad-json') return yield half;
  if (fault === 'half-stream' || fault === 'hang-mid-stream') {
    yield half;
    if (fault === 'hang-mid-stream') await hang(clock, signal);
    throw reset();
  }
  yield text;
}

/** A stream's event, and whether half of the expected tokens had been written when it came. */
export interface StreamEvent {
  readonly text: string;
  readonly atHalf: boolean;
}

/**
 * The events of a stream under a fault, which strikes once, at the first event past the half:
 * `half-stream` ends inside that event as if all were well, `reset` breaks the connection, `hang-mid-stream`
 * sends nothing more, `bad-json` breaks this one event, `error-event` puts an error in its place and ends.
 */
export async function* spoilStream(
  events: AsyncIterable<StreamEvent>,
  fault: Fault | undefined,
  clock: Clock,
  signal: AbortSignal,
): AsyncGenerator<string> {
  let struck = false;
  for await (const { text, atHalf } of events) {
    const strikes = atHalf && !struck;
    struck ||= atHalf;
    const half = text.slice(0, text.length / 2);
    if (strikes && fault === 'half-stream') return yield half;
    if (strikes && fault === 'reset') throw reset();
    if (strikes && fault === 'hang-mid-stream') await hang(clock, signal);
    if (strikes && fault === 'error-event') return yield `data: ${ERROR_TEXT}\n\n`;
    yield strikes && fault === 'bad-json' ? `${half}\n\n` : text;
  }
}
