import { formatUsd, type Ticks } from './money.ts';
import type { SpendPeriod } from './spend-limit.ts';

/**
 * The closed list of expected failures. Whatever goes wrong with a request and is not a bug is one of these;
 * the code, the HTTP statuses, whether a retry can help and the public sentence are decided here and nowhere
 * else. Sentences that xAI's clients look for are xAI's own (a team is called by its id, as there).
 */
export interface Failure {
  readonly kind: 'failure';
  /** Kebab-case, the `code` of an xAI error. */
  readonly code: string;
  readonly httpStatus: number;
  /**
   * The public sentence: what failed and what to do. It never quotes a prompt or a secret, and holds no line
   * break or control character, whoever named the model in it: nobody writes our logs or pages.
   */
  readonly message: string;
  /** OpenAI's spelling of the same failure, for `/openai/v1`. */
  readonly openai: { readonly status: number; readonly type: string; readonly code: string | null };
  /** When a retry can help, in whole milliseconds from now; becomes `Retry-After`. */
  readonly retryAfterMs?: number;
}

/** Tells a failure from the value that a step would have answered otherwise. */
export function isFailure(value: unknown): value is Failure {
  return typeof value === 'object' && value !== null && (value as { kind?: unknown }).kind === 'failure';
}

/** A limit may be raised before its period ends, and no client should sleep for a month. */
const SPEND_LIMIT_RETRY_MS = 3_600_000;

/** Most answers are whole within this. */
const IDEMPOTENCY_RETRY_MS = 1_000;

/** Keys are deleted a day after they came, which is a while; some of them go every few minutes. */
const IDEMPOTENCY_FULL_RETRY_MS = 600_000;

type OpenaiSpelling = readonly [status: number, type: string, code: string | null];

function failure(
  httpStatus: number,
  code: string,
  message: string,
  [status, type, openaiCode]: OpenaiSpelling,
  retryAfterMs?: number,
): Failure {
  return {
    kind: 'failure',
    code,
    httpStatus,
    message: onOneLine(message),
    openai: { status, type, code: openaiCode },
    ...(retryAfterMs === undefined ? {} : { retryAfterMs: Math.max(0, Math.ceil(retryAfterMs)) }),
  };
}

const INVALID: OpenaiSpelling = [400, 'invalid_request_error', null];
const INVALID_KEY: OpenaiSpelling = [401, 'invalid_request_error', 'invalid_api_key'];

export function missingKey(): Failure {
  return failure(
    401,
    'unauthenticated',
    'No API key was sent. Send it in the Authorization header, as "Authorization: Bearer xai-...".',
    INVALID_KEY,
  );
}

/** `maskedKey` is the key as `maskForeignKey` shows it. */
export function wrongKey(maskedKey: string): Failure {
  return failure(
    400,
    'invalid-argument',
    `Incorrect API key provided: ${maskedKey}. Check the key, or ask whoever runs this server for a new one.`,
    INVALID_KEY,
  );
}

export function blockedKey(why: 'disabled' | 'expired' | 'revoked' | 'team-blocked'): Failure {
  const sentence = {
    disabled: 'This API key is disabled. Enable it or use another key.',
    expired: 'This API key has expired. Make a new one.',
    revoked: 'This API key was revoked. Make a new one.',
    'team-blocked': 'The team of this API key is blocked. Ask whoever runs this server.',
  }[why];
  return failure(403, 'permission-denied', sentence, [401, 'invalid_request_error', 'invalid_api_key']);
}

/** For whoever calls without a key, as a person: in the playground and in the chat. */
export function personShutOut(why: 'signed-out' | 'not-a-member' | 'team-blocked'): Failure {
  const sentence = {
    'signed-out': 'You are signed out. Sign in again.',
    'not-a-member': 'You are not in this team any more. Choose another team.',
    'team-blocked': 'This team is blocked. Ask whoever runs this server.',
  }[why];
  return failure(403, 'permission-denied', sentence, [403, 'invalid_request_error', 'permission_denied']);
}

/** The list stays unsaid: whoever has found the key need not learn where to use it from. */
export function wrongPlace(): Failure {
  return failure(
    403,
    'permission-denied',
    'This API key may not be used from your network address. Use it from a network it is allowed for, or ask its owner to allow yours.',
    [403, 'invalid_request_error', 'ip_not_authorized'],
  );
}

export function endpointDenied(endpoint: string): Failure {
  return failure(
    403,
    'permission-denied',
    `Access to the ${endpoint} endpoint is denied. This API key may not use it; change the key's permissions or use another key.`,
    [403, 'invalid_request_error', 'permission_denied'],
  );
}

export function unknownModel(model: string, teamId: string): Failure {
  return failure(
    404,
    'not-found',
    `The model ${quote(model)} does not exist or your team ${teamId} does not have access to it. GET /v1/models lists the models of this key.`,
    [404, 'invalid_request_error', 'model_not_found'],
  );
}

export function unknownRoute(hint?: string): Failure {
  return failure(
    404,
    'not-found',
    `No handler found on route. Please double check your URL${hint === undefined ? '; the page at / lists what is here.' : `: did you mean ${hint}?`}`,
    [404, 'invalid_request_error', 'unknown_url'],
  );
}

export function wrongMethod(allowed: string): Failure {
  return failure(405, 'invalid-argument', `This route answers to ${allowed} only.`, [
    405,
    'invalid_request_error',
    'method_not_allowed',
  ]);
}

export function wrongContentType(): Failure {
  return failure(415, 'invalid-argument', 'Expected request with `Content-Type: application/json`.', [
    415,
    'invalid_request_error',
    'unsupported_media_type',
  ]);
}

export function malformedJson(why: string): Failure {
  return failure(400, 'invalid-argument', `Failed to parse the request body as JSON: ${why}`, INVALID);
}

export function bodyTooLarge(limitBytes: number): Failure {
  return failure(
    413,
    'invalid-argument',
    `The request body is larger than ${limitBytes} bytes, the most this server takes.`,
    [413, 'invalid_request_error', 'request_too_large'],
  );
}

export function bodyTooSlow(): Failure {
  return failure(408, 'invalid-argument', 'The request body did not arrive in time. Send it again.', [
    408,
    'invalid_request_error',
    'request_timeout',
  ]);
}

/** What an Idempotency-Key may be: anything short and visible. */
export function malformedIdempotencyKey(maximumCharacters: number): Failure {
  return failure(
    400,
    'invalid-argument',
    `An Idempotency-Key is 1 to ${maximumCharacters} printable ASCII characters. A UUID is a good one.`,
    INVALID,
  );
}

export function idempotencyKeyReused(): Failure {
  return failure(
    422,
    'invalid-argument',
    'This Idempotency-Key was sent before with a different request. The same key means the same request, byte by byte; make a new key for a new one.',
    [422, 'invalid_request_error', 'idempotency_key_reused'],
  );
}

/** The first request of this key is under way. */
export function idempotencyKeyInUse(): Failure {
  return failure(
    409,
    'aborted',
    'The first request with this Idempotency-Key is still being answered. Send it again in a moment to get the same answer.',
    [409, 'invalid_request_error', 'idempotency_key_in_use'],
    IDEMPOTENCY_RETRY_MS,
  );
}

/** The request ran, its answer cannot be had any more, and it is not run again. No repeating helps. */
export function idempotentAnswerLost(why: 'interrupted' | 'not-kept', requestId: string): Failure {
  const happened = {
    interrupted: `was interrupted when the server stopped. If anything was charged, the statement shows it under request ${requestId}.`,
    'not-kept': `was answered and charged as request ${requestId}, but its answer could not be kept.`,
  }[why];
  return failure(
    410,
    'data-loss',
    `The first request with this Idempotency-Key ${happened} It is not run twice: make a new key to ask again.`,
    [410, 'invalid_request_error', `idempotent_answer_${why.replace('-', '_')}`],
  );
}

export function tooManyIdempotencyKeys(): Failure {
  return failure(
    429,
    'resource-exhausted',
    'More Idempotency-Keys were sent in the last 24 hours than are kept. Send the request without one, or later.',
    [429, 'requests', 'rate_limit_exceeded'],
    IDEMPOTENCY_FULL_RETRY_MS,
  );
}

/** What a repetition of a stream ends with whose first caller did not stay to its end. */
export function hungUpInAnswer(): Failure {
  return failure(
    499,
    'aborted',
    'The connection was closed while the answer was being written. It was cut off here; what had been written was charged.',
    [499, 'invalid_request_error', 'connection_closed'],
  );
}

/** A field of the wrong type or out of range. `path` is like `messages[0].role`. */
export function invalidField(path: string, expectation: string): Failure {
  return failure(400, 'invalid-argument', `Invalid request: ${path} ${expectation}.`, INVALID);
}

export function emptyMessage(): Failure {
  return failure(
    400,
    'invalid-argument',
    'Invalid request content: Each message must have at least one content element.',
    INVALID,
  );
}

export function imageNotSupported(): Failure {
  return failure(
    400,
    'invalid-argument',
    'The model does not support content elements of type image.',
    INVALID,
  );
}

export function contentNotSupported(type: string): Failure {
  return failure(
    400,
    'invalid-argument',
    `The model does not support content elements of type ${quote(type)}.`,
    INVALID,
  );
}

export function promptTooLong(contextTokens: number, promptTokens: number): Failure {
  return failure(
    400,
    'invalid-argument',
    `This model's maximum prompt length is ${contextTokens} but the request contains ${promptTokens} tokens.`,
    [400, 'invalid_request_error', 'context_length_exceeded'],
  );
}

/** Request and token limits. Keeps clear of the words that make One API switch a channel off. */
export function tooManyRequests(teamId: string, model: string, limit: string, retryAfterMs: number): Failure {
  return failure(
    429,
    'resource-exhausted',
    `Too many requests for team ${teamId} and model ${model}: the limit is ${limit}. Try again in ${seconds(retryAfterMs)}.`,
    [429, 'requests', 'rate_limit_exceeded'],
    retryAfterMs,
  );
}

export function tooManyTokens(
  teamId: string,
  model: string,
  limitTokens: number,
  retryAfterMs: number,
): Failure {
  return failure(
    429,
    'resource-exhausted',
    `Too many tokens for team ${teamId} and model ${model}. The limit is ${limitTokens} tokens per minute. Try again in ${seconds(retryAfterMs)}.`,
    [429, 'tokens', 'rate_limit_exceeded'],
    retryAfterMs,
  );
}

/** No retry can help, so it carries no `Retry-After`. */
export function outOfCredit(teamId: string, availableTicks: Ticks, neededTicks: Ticks): Failure {
  return failure(
    403,
    'permission-denied',
    `Your team ${teamId} has used all available credits: ${formatUsd(availableTicks)} is left and this request needs up to ${formatUsd(neededTicks)}. Purchase or ask for more credits, or send a shorter request.`,
    [429, 'insufficient_quota', 'insufficient_quota'],
  );
}

/** Of one key, in one UTC day or month. Keeps clear of the words that make One API switch a channel off. */
export function spendLimitReached({ name, limitTicks, endMs }: SpendPeriod, nowMs: number): Failure {
  const beginsAnew = new Date(endMs).toISOString().replace('.000Z', 'Z');
  return failure(
    429,
    'resource-exhausted',
    `The spend limit of this API key, ${formatUsd(limitTicks)} per UTC ${name}, does not leave enough for this request. A new ${name} begins at ${beginsAnew}. Wait until then, raise the limit or use another key.`,
    [429, 'requests', 'rate_limit_exceeded'],
    Math.min(endMs - nowMs, SPEND_LIMIT_RETRY_MS),
  );
}

export function spendLimitReachedInAnswer(): Failure {
  return failure(
    429,
    'resource-exhausted',
    'This API key has reached its spend limit. The answer was cut off here; what arrived was charged.',
    [429, 'requests', 'rate_limit_exceeded'],
  );
}

export function creditUsedUpInAnswer(teamId: string): Failure {
  return failure(
    403,
    'permission-denied',
    `Your team ${teamId} has used all available credits. The answer was cut off here; what arrived was charged.`,
    [429, 'insufficient_quota', 'insufficient_quota'],
  );
}

export function keyEndedInAnswer(): Failure {
  return failure(
    403,
    'permission-denied',
    'This API key was revoked or disabled while the answer was being written. The answer was cut off here; what arrived was charged.',
    [401, 'invalid_request_error', 'invalid_api_key'],
  );
}

/** The ledger did not answer, so a stream under way could not set aside what it would have cost to go on. */
export function ledgerLostInAnswer(): Failure {
  return failure(
    503,
    'unavailable',
    'The accounts cannot be reached any more. The answer was cut off here; what arrived was charged. Try again shortly.',
    [503, 'server_error', 'service_unavailable'],
  );
}

/** The ledger did not answer, so no paid call was made. */
export function ledgerUnavailable(): Failure {
  return failure(
    503,
    'unavailable',
    'The accounts cannot be reached, so the request was not sent to a model. Nothing was charged. Try again shortly.',
    [503, 'server_error', 'service_unavailable'],
    5_000,
  );
}

export function noUpstream(model: string): Failure {
  return failure(
    503,
    'unavailable',
    `No upstream is connected for the model ${model}. Nothing was charged. Ask whoever runs this server to connect one.`,
    [503, 'server_error', 'service_unavailable'],
  );
}

export function overloaded(): Failure {
  return failure(
    503,
    'unavailable',
    'The server has as many requests under way as it can hold. Nothing was charged. Try again shortly.',
    [503, 'server_error', 'service_unavailable'],
    1_000,
  );
}

export function shuttingDown(): Failure {
  return failure(
    503,
    'unavailable',
    'The server is restarting. Nothing was charged. Try again shortly.',
    [503, 'server_error', 'service_unavailable'],
    2_000,
  );
}

export function shutDownInAnswer(): Failure {
  return failure(
    503,
    'unavailable',
    'The server is restarting. The answer was cut off here; what arrived was charged. Try again shortly.',
    [503, 'server_error', 'service_unavailable'],
  );
}

/** The upstream could not be reached or failed before it answered anything. */
export function upstreamFailed(model: string): Failure {
  return failure(
    502,
    'unavailable',
    `The upstream of ${model} did not answer. Nothing was charged. Try again.`,
    [502, 'server_error', 'upstream_error'],
  );
}

export function upstreamTimedOut(model: string): Failure {
  return failure(
    504,
    'deadline-exceeded',
    `The upstream of ${model} did not answer in time. Nothing was charged. Try again.`,
    [504, 'server_error', 'upstream_timeout'],
  );
}

export function upstreamBusy(model: string, retryAfterMs: number | undefined): Failure {
  return failure(
    429,
    'resource-exhausted',
    `The upstream of ${model} takes no more requests right now. Nothing was charged. Try again later.`,
    [429, 'requests', 'rate_limit_exceeded'],
    retryAfterMs,
  );
}

/** The upstream refused the request itself; `reason` is its sentence, bounded and without line breaks. */
export function upstreamRefused(httpStatus: number, reason: string): Failure {
  return failure(httpStatus, 'invalid-argument', reason, [httpStatus, 'invalid_request_error', null]);
}

/** The upstream died in mid-answer. What arrived is charged. */
export function upstreamBroke(model: string): Failure {
  return failure(
    502,
    'unavailable',
    `The upstream of ${model} broke off in mid-answer. What arrived before was charged. Try again.`,
    [502, 'server_error', 'upstream_error'],
  );
}

/** The figures of the whole installation, asked for from outside without their token. */
export function metricsClosed(): Failure {
  return failure(
    403,
    'permission-denied',
    'The metrics are open on this machine only. Set TURNPIKE_METRICS_TOKEN and send it as "Authorization: Bearer ...".',
    [403, 'invalid_request_error', 'permission_denied'],
  );
}

/** An assertion broke. The request is stopped and reported; the sentence says nothing of the inside. */
export function internalError(requestId: string): Failure {
  return failure(
    500,
    'internal',
    `Something went wrong inside the server. It has been recorded as request ${requestId}.`,
    [500, 'server_error', 'internal_error'],
  );
}

/** A caller's word inside a sentence, which it must not flood. */
function quote(text: string): string {
  return text.length <= 128 ? text : `${text.slice(0, 128)}…`;
}

/** Without line breaks, controls, marks that turn the reading direction, or the halves of cut characters. */
function onOneLine(text: string): string {
  return text.toWellFormed().replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?');
}

function seconds(durationMs: number): string {
  const whole = Math.max(1, Math.ceil(durationMs / 1_000));
  return whole === 1 ? '1 second' : `${whole} seconds`;
}
