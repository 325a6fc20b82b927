import { describe, expect, test } from 'bun:test';
import * as failures from './failure.ts';
import { type Failure, isFailure } from './failure.ts';

/** A name that tries to write a log line, to turn a page's text around, and to flood both. */
const HOSTILE = `a\nb\r\n\u0000\u001b[31m\u0085\u2028\u2029\u202e\ufeff\ud800${'x'.repeat(5_000)}`;
const TEAM = '0197f6a2-9a7c-7d6e-8f3a-2b1c0d9e8f7a';

/** One of each, with the most hostile words that could reach it. */
const EACH: Readonly<Record<string, readonly Failure[]>> = {
  missingKey: [failures.missingKey()],
  wrongKey: [failures.wrongKey(HOSTILE)],
  blockedKey: (['disabled', 'expired', 'revoked', 'team-blocked'] as const).map(failures.blockedKey),
  personShutOut: (['signed-out', 'not-a-member', 'team-blocked'] as const).map(failures.personShutOut),
  wrongPlace: [failures.wrongPlace()],
  endpointDenied: [failures.endpointDenied(HOSTILE)],
  unknownModel: [failures.unknownModel(HOSTILE, TEAM)],
  unknownRoute: [failures.unknownRoute(), failures.unknownRoute(HOSTILE)],
  wrongMethod: [failures.wrongMethod(HOSTILE)],
  wrongContentType: [failures.wrongContentType()],
  malformedJson: [failures.malformedJson(HOSTILE)],
  bodyTooLarge: [failures.bodyTooLarge(20_971_520)],
  bodyTooSlow: [failures.bodyTooSlow()],
  malformedIdempotencyKey: [failures.malformedIdempotencyKey(255)],
  idempotencyKeyReused: [failures.idempotencyKeyReused()],
  idempotencyKeyInUse: [failures.idempotencyKeyInUse()],
  idempotentAnswerLost: (['interrupted', 'not-kept'] as const).map((why) =>
    failures.idempotentAnswerLost(why, TEAM),
  ),
  tooManyIdempotencyKeys: [failures.tooManyIdempotencyKeys()],
  hungUpInAnswer: [failures.hungUpInAnswer()],
  invalidField: [failures.invalidField(HOSTILE, HOSTILE)],
  emptyMessage: [failures.emptyMessage()],
  imageNotSupported: [failures.imageNotSupported()],
  contentNotSupported: [failures.contentNotSupported(HOSTILE)],
  promptTooLong: [failures.promptTooLong(131_072, 140_000)],
  tooManyRequests: [failures.tooManyRequests(TEAM, HOSTILE, '3 requests per minute', 54_000)],
  tooManyTokens: [failures.tooManyTokens(TEAM, HOSTILE, 16_000, 1)],
  outOfCredit: [failures.outOfCredit(TEAM, 1n, 20_000_000_000n)],
  spendLimitReached: (['day', 'month'] as const).map((name) =>
    failures.spendLimitReached({ name, limitTicks: 50_000_000_000n, fromMs: 0, endMs: 86_400_000 }, 1_000),
  ),
  spendLimitReachedInAnswer: [failures.spendLimitReachedInAnswer()],
  creditUsedUpInAnswer: [failures.creditUsedUpInAnswer(TEAM)],
  keyEndedInAnswer: [failures.keyEndedInAnswer()],
  ledgerLostInAnswer: [failures.ledgerLostInAnswer()],
  ledgerUnavailable: [failures.ledgerUnavailable()],
  noUpstream: [failures.noUpstream(HOSTILE)],
  overloaded: [failures.overloaded()],
  shuttingDown: [failures.shuttingDown()],
  shutDownInAnswer: [failures.shutDownInAnswer()],
  upstreamFailed: [failures.upstreamFailed(HOSTILE)],
  upstreamTimedOut: [failures.upstreamTimedOut(HOSTILE)],
  upstreamBusy: [failures.upstreamBusy(HOSTILE, undefined), failures.upstreamBusy(HOSTILE, 30_000)],
  upstreamRefused: [failures.upstreamRefused(400, HOSTILE), failures.upstreamRefused(415, 'Too hot.')],
  upstreamBroke: [failures.upstreamBroke(HOSTILE)],
  metricsClosed: [failures.metricsClosed()],
  internalError: [failures.internalError(HOSTILE)],
};
const ALL = Object.entries(EACH).flatMap(([name, each]) => each.map((failure) => ({ name, ...failure })));

test('every failure there is stands in this test', () => {
  expect(Object.keys(EACH).sort()).toEqual(
    Object.keys(failures)
      .filter((name) => name !== 'isFailure')
      .sort(),
  );
});

test.each(ALL)('$name $httpStatus is whole and fit for everybody to read', (failure) => {
  expect(isFailure(failure)).toBe(true);
  expect(failure.code).toMatch(/^[a-z]+(-[a-z]+)*$/);
  for (const status of [failure.httpStatus, failure.openai.status]) {
    expect(Number.isInteger(status) && status >= 400 && status <= 599).toBe(true);
  }
  expect(failure.openai.type).toMatch(/^[a-z]+(_[a-z]+)*$/);
  expect(failure.message).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  expect(failure.message.isWellFormed()).toBe(true);
  expect(failure.message.trim()).not.toBe('');
  if (failure.retryAfterMs !== undefined) expect(Number.isInteger(failure.retryAfterMs)).toBe(true);
});

test.each(ALL.filter(({ httpStatus }) => httpStatus === 429))(
  '$name keeps clear of what makes One API switch a channel off',
  (failure) => {
    expect(failure.message).not.toMatch(/credit|balance|quota/i);
    expect(failure.code).toBe('resource-exhausted');
    // In OpenAI's spelling it must not read as an empty account either.
    expect(failure.openai).toEqual({
      status: 429,
      type: failure.name === 'tooManyTokens' ? 'tokens' : 'requests',
      code: 'rate_limit_exceeded',
    });
  },
);

test('a caller cannot flood an answer with the names it made up', () => {
  for (const failure of [failures.unknownModel(HOSTILE, TEAM), failures.contentNotSupported(HOSTILE)]) {
    expect(failure.message.length).toBeLessThan(500);
  }
});

describe('statuses and codes', () => {
  test.each<[keyof typeof EACH, number, string, number, string | null]>([
    ['missingKey', 401, 'unauthenticated', 401, 'invalid_api_key'],
    ['wrongKey', 400, 'invalid-argument', 401, 'invalid_api_key'],
    ['blockedKey', 403, 'permission-denied', 401, 'invalid_api_key'],
    ['wrongPlace', 403, 'permission-denied', 403, 'ip_not_authorized'],
    ['endpointDenied', 403, 'permission-denied', 403, 'permission_denied'],
    ['unknownModel', 404, 'not-found', 404, 'model_not_found'],
    ['unknownRoute', 404, 'not-found', 404, 'unknown_url'],
    ['wrongMethod', 405, 'invalid-argument', 405, 'method_not_allowed'],
    ['wrongContentType', 415, 'invalid-argument', 415, 'unsupported_media_type'],
    ['malformedJson', 400, 'invalid-argument', 400, null],
    ['bodyTooLarge', 413, 'invalid-argument', 413, 'request_too_large'],
    ['bodyTooSlow', 408, 'invalid-argument', 408, 'request_timeout'],
    ['malformedIdempotencyKey', 400, 'invalid-argument', 400, null],
    ['idempotencyKeyReused', 422, 'invalid-argument', 422, 'idempotency_key_reused'],
    ['idempotencyKeyInUse', 409, 'aborted', 409, 'idempotency_key_in_use'],
    ['idempotentAnswerLost', 410, 'data-loss', 410, 'idempotent_answer_interrupted'],
    ['tooManyIdempotencyKeys', 429, 'resource-exhausted', 429, 'rate_limit_exceeded'],
    ['hungUpInAnswer', 499, 'aborted', 499, 'connection_closed'],
    ['invalidField', 400, 'invalid-argument', 400, null],
    ['emptyMessage', 400, 'invalid-argument', 400, null],
    ['imageNotSupported', 400, 'invalid-argument', 400, null],
    ['contentNotSupported', 400, 'invalid-argument', 400, null],
    ['promptTooLong', 400, 'invalid-argument', 400, 'context_length_exceeded'],
    ['tooManyRequests', 429, 'resource-exhausted', 429, 'rate_limit_exceeded'],
    ['tooManyTokens', 429, 'resource-exhausted', 429, 'rate_limit_exceeded'],
    ['outOfCredit', 403, 'permission-denied', 429, 'insufficient_quota'],
    ['spendLimitReached', 429, 'resource-exhausted', 429, 'rate_limit_exceeded'],
    ['spendLimitReachedInAnswer', 429, 'resource-exhausted', 429, 'rate_limit_exceeded'],
    ['creditUsedUpInAnswer', 403, 'permission-denied', 429, 'insufficient_quota'],
    ['keyEndedInAnswer', 403, 'permission-denied', 401, 'invalid_api_key'],
    ['ledgerUnavailable', 503, 'unavailable', 503, 'service_unavailable'],
    ['noUpstream', 503, 'unavailable', 503, 'service_unavailable'],
    ['overloaded', 503, 'unavailable', 503, 'service_unavailable'],
    ['shuttingDown', 503, 'unavailable', 503, 'service_unavailable'],
    ['upstreamFailed', 502, 'unavailable', 502, 'upstream_error'],
    ['upstreamTimedOut', 504, 'deadline-exceeded', 504, 'upstream_timeout'],
    ['upstreamBusy', 429, 'resource-exhausted', 429, 'rate_limit_exceeded'],
    ['upstreamRefused', 400, 'invalid-argument', 400, null],
    ['upstreamBroke', 502, 'unavailable', 502, 'upstream_error'],
    ['metricsClosed', 403, 'permission-denied', 403, 'permission_denied'],
    ['internalError', 500, 'internal', 500, 'internal_error'],
  ])('%s: %d %s, for OpenAI %d %s', (name, httpStatus, code, openaiStatus, openaiCode) => {
    const failure = EACH[name]?.[0];
    expect(failure).toMatchObject({ httpStatus, code, openai: { status: openaiStatus, code: openaiCode } });
  });

  test('a retry is proposed where it can help, and never to who has no credit', () => {
    const proposing = ALL.filter(({ retryAfterMs }) => retryAfterMs !== undefined).map(({ name }) => name);
    expect([...new Set(proposing)]).toEqual([
      'idempotencyKeyInUse',
      'tooManyIdempotencyKeys',
      'tooManyRequests',
      'tooManyTokens',
      'spendLimitReached',
      'ledgerUnavailable',
      'overloaded',
      'shuttingDown',
      'upstreamBusy',
    ]);
    expect(failures.tooManyRequests(TEAM, 'm', 'l', 0.2).retryAfterMs).toBe(1);
    expect(failures.tooManyRequests(TEAM, 'm', 'l', -5).retryAfterMs).toBe(0);
  });
});

describe("xAI's own sentences", () => {
  test.each<[Failure, string]>([
    [failures.wrongKey('in***ey'), 'Incorrect API key provided: in***ey.'],
    [
      failures.unknownModel('grok-9', TEAM),
      `The model grok-9 does not exist or your team ${TEAM} does not have access to it.`,
    ],
    [failures.unknownRoute(), 'No handler found on route. Please double check your URL'],
    [failures.imageNotSupported(), 'The model does not support content elements of type image.'],
    [
      failures.emptyMessage(),
      'Invalid request content: Each message must have at least one content element.',
    ],
    [
      failures.promptTooLong(131_072, 625_077),
      "This model's maximum prompt length is 131072 but the request contains 625077 tokens.",
    ],
    [
      failures.tooManyTokens(TEAM, 'grok-beta', 16_000, 900),
      `Too many tokens for team ${TEAM} and model grok-beta.`,
    ],
    [
      failures.tooManyRequests(TEAM, 'grok-beta', 'x', 1),
      `Too many requests for team ${TEAM} and model grok-beta`,
    ],
    [failures.outOfCredit(TEAM, 0n, 1n), `Your team ${TEAM} has used all available credits`],
  ])('%#', (failure, sentence) => {
    expect(failure.message).toStartWith(sentence);
  });

  test('a refusal says when to come back, in whole seconds and never in none', () => {
    const words = (retryAfterMs: number) => failures.tooManyRequests(TEAM, 'm', 'l', retryAfterMs).message;
    expect(words(0)).toEndWith('Try again in 1 second.');
    expect(words(1_000)).toEndWith('Try again in 1 second.');
    expect(words(1_001)).toEndWith('Try again in 2 seconds.');
  });
});

test('nothing else is taken for a failure', () => {
  for (const value of [undefined, null, 'failure', 0, [], {}, { kind: 'chunk' }, new Error('failure')]) {
    expect(isFailure(value)).toBe(false);
  }
});

test('a spend limit says which one, when it begins anew, and sends nobody to sleep for a month', () => {
  const period = {
    name: 'month',
    limitTicks: 500_000_000_000n,
    fromMs: 0,
    endMs: Date.UTC(2026, 11, 1),
  } as const;
  const early = failures.spendLimitReached(period, Date.UTC(2026, 10, 2));
  expect(early.message).toContain('$50.00 per UTC month');
  expect(early.message).toContain('2026-12-01T00:00:00Z');
  expect(early.retryAfterMs).toBe(3_600_000);
  expect(failures.spendLimitReached(period, period.endMs - 5_000).retryAfterMs).toBe(5_000);
});
