import {
  type Failure,
  upstreamBusy,
  upstreamFailed,
  upstreamRefused,
  upstreamTimedOut,
} from '../domain/failure.ts';
import { spliceMembers } from '../protocol/splice-members.ts';
import { readErrorSentence } from '../protocol/xai-chat/error.ts';
import type { ChatRequest } from '../protocol/xai-chat/request.ts';
import { type Upstream, UpstreamError, type UpstreamResponse } from '../upstream/upstream.ts';
import { REFUSAL_BODY_MS, UPSTREAM_HEAD_MS } from './deadlines.ts';
import type { PaidExchange } from './exchange.ts';
import { endedFailure } from './failure-end.ts';
import type { Gateway } from './gateway.ts';
import { readBounded } from './read-bounded.ts';

const ERROR_BODY_BYTES = 16_384;
const RETRY_AFTER_AT_MOST_MS = 60_000;

/** Upstreams that are asked for one answer, one after the other. */
const CALLS_AT_MOST = 3;

/** Why there is no answer, and whether that is the upstream's own fault: then another one may do better. */
interface Refusal {
  readonly failure: Failure;
  readonly isItsOwn: boolean;
  /** How long it wants to be left alone. */
  readonly restMs?: number | undefined;
}

/**
 * Sends the request to its upstream, or to another one where that fails. What comes back is a 2xx response or a failure;
 * nothing was relayed yet, so nobody sees that more than one was asked. What fails for the request's own sake, or
 * because the caller has gone, is not sent again.
 */
export async function forward(gateway: Gateway, exchange: PaidExchange): Promise<UpstreamResponse | Failure> {
  const { model, ending, id } = exchange;
  for (let calls = 1; ; calls += 1) {
    const { upstream } = exchange;
    const heard = await call(gateway, exchange);
    if (!('failure' in heard)) {
      gateway.health.answered(upstream, model);
      return heard;
    }
    if (!heard.isItsOwn || ending.reason !== undefined) return heard.failure;
    gateway.health.failed(upstream, model, heard.restMs);
    const next = calls < CALLS_AT_MOST ? takeSubstitute(exchange) : undefined;
    if (next === undefined) return heard.failure;
    gateway.log.warn('upstream-replaced', { request: id, channel: upstream.name, by: next.name });
  }
}

/** Puts the next upstream that the prompt fits into in the place of the one that failed. */
function takeSubstitute(exchange: PaidExchange): Upstream | undefined {
  const { promptTokensAtMost, outputCap = 0 } = exchange.reservation;
  const isRoomy = ({ contextTokens = Number.POSITIVE_INFINITY }: Upstream) =>
    promptTokensAtMost + outputCap <= contextTokens;
  const [next, ...others] = exchange.substitutes.filter(isRoomy);
  if (next === undefined) return undefined;
  exchange.upstream = next;
  exchange.substitutes = others;
  return next;
}

async function call(gateway: Gateway, exchange: PaidExchange): Promise<UpstreamResponse | Refusal> {
  const { upstream, chat, model, ending, reservation, id } = exchange;
  if (ending.signal.aborted) return requestsOwn(endedFailure(exchange));
  const body = upstreamBody(chat, upstream, upstream.upstreamModel(model.id), reservation.outputCap);
  const cancelDeadline = gateway.clock.after(UPSTREAM_HEAD_MS, () => ending.end('stalled'));
  exchange.trace?.upstreamCalled(upstream);
  try {
    const response = await upstream.send({ body, stream: chat.stream, signal: ending.signal });
    const { status } = response;
    const isSuccess = status >= 200 && status < 300;
    if (isSuccess && !(chat.stream && isDocument(response))) return response;
    gateway.log.warn('upstream-refused', { request: id, channel: upstream.name, status });
    if (isSuccess) {
      response.body.cancel().catch(() => {});
      return itsOwn(upstreamFailed(model.id));
    }
    const deadline = { clock: gateway.clock, afterMs: REFUSAL_BODY_MS };
    const text = await readBounded(response.body, { bytes: ERROR_BODY_BYTES, deadline }).catch(
      () => undefined,
    );
    return refusal(model.id, response, text ?? '');
  } catch (reason) {
    if (ending.reason !== undefined) return requestsOwn(endedFailure(exchange));
    const why = reason instanceof UpstreamError ? reason.reason : 'broken';
    gateway.log.warn('upstream-failed', { request: id, channel: upstream.name, reason: why });
    return itsOwn(why === 'timed-out' ? upstreamTimedOut(model.id) : upstreamFailed(model.id));
  } finally {
    cancelDeadline();
  }
}

/** An error under a status of 200, a proxy's page: whatever it is, it is no stream of events. */
function isDocument(response: UpstreamResponse): boolean {
  return /^\s*(?:application\/json|text\/html)\b/i.test(response.header('content-type') ?? '');
}

/**
 * The body the upstream gets: the caller's own text but for the model's name, the wish for a usage figure, and
 * the output limit where the hold sets one.
 */
function upstreamBody(
  chat: ChatRequest,
  upstream: Upstream,
  upstreamModel: string,
  outputCap: number | undefined,
): string {
  const changes: Record<string, string | null> = { model: JSON.stringify(upstreamModel) };
  if (chat.stream) {
    const options = chat.body.stream_options;
    changes.stream_options = JSON.stringify({
      ...(typeof options === 'object' ? options : {}),
      include_usage: true,
    });
  }
  if (outputCap !== undefined) {
    const given = ['max_completion_tokens', 'max_tokens'].filter(
      (field) => typeof chat.body[field] === 'number',
    );
    const fields = given.length > 0 ? given : [upstream.outputCapField ?? 'max_tokens'];
    for (const field of fields) changes[field] = String(outputCap);
  }
  return spliceMembers(chat.text, changes, chat.places);
}

/**
 * What an upstream says about the operator's own key, account or money, which is none of the caller's business: xAI
 * answers a wrong key with 400, Anthropic an empty account, OpenAI an organization that is not verified.
 */
const OPERATORS_OWN =
  /api.?key|credential|authenticat|\b(?:sk|xai|gsk)-\w|\b(?:credits?|balance|billing|quota|payment|subscription|organi[sz]ation)\b/i;

function itsOwn(failure: Failure): Refusal {
  return { failure, isItsOwn: true, restMs: failure.retryAfterMs };
}

function requestsOwn(failure: Failure): Refusal {
  return { failure, isItsOwn: false };
}

/** What an upstream's error status means to our caller. Faults of the operator's own account stay inside. */
function refusal(model: string, response: UpstreamResponse, text: string): Refusal {
  const { status } = response;
  if (status === 429) return itsOwn(upstreamBusy(model, retryAfterMs(response.header('retry-after'))));
  if (status === 408 || status === 504) return itsOwn(upstreamTimedOut(model));
  if (status === 400 || status === 413 || status === 415 || status === 422) {
    const sentence = readErrorSentence(text);
    if (sentence !== undefined && !OPERATORS_OWN.test(sentence)) {
      return requestsOwn(upstreamRefused(status === 422 ? 400 : status, sentence));
    }
    if (sentence === undefined)
      return requestsOwn(upstreamRefused(400, `The upstream of ${model} does not accept this request.`));
  }
  return itsOwn(upstreamFailed(model));
}

/** A sane `Retry-After` in seconds, bounded; an upstream cannot send our callers away for years. */
function retryAfterMs(header: string | null): number | undefined {
  if (header === null || !/^\d{1,9}$/.test(header.trim())) return undefined;
  return Math.min(Number(header) * 1_000, RETRY_AFTER_AT_MOST_MS);
}
