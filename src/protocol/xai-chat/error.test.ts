import { describe, expect, test } from 'bun:test';
import { outOfCredit, tooManyRequests, unknownModel, wrongKey } from '../../domain/failure.ts';
import { errorStatus, readErrorSentence, writeError, writeStreamError } from './error.ts';

const TEAM = '0197f6a2-9a7c-7d6e-8f3a-2b1c0d9e8f7a';

test('a failure in the two dialects', () => {
  const failure = wrongKey('in***ey');
  expect(errorStatus(failure, 'xai')).toBe(400);
  expect(JSON.parse(writeError(failure, 'xai'))).toEqual({
    code: 'invalid-argument',
    error: failure.message,
  });
  expect(errorStatus(failure, 'openai')).toBe(401);
  expect(JSON.parse(writeError(failure, 'openai'))).toEqual({
    error: { message: failure.message, type: 'invalid_request_error', param: null, code: 'invalid_api_key' },
  });
});

test.each([
  [unknownModel('m', TEAM), 404, 404, 'model_not_found'],
  [outOfCredit(TEAM, 0n, 1n), 403, 429, 'insufficient_quota'],
  [tooManyRequests(TEAM, 'm', 'l', 1), 429, 429, 'rate_limit_exceeded'],
])('%#: the statuses', (failure, xai, openai, code) => {
  expect(errorStatus(failure, 'xai')).toBe(xai);
  expect(errorStatus(failure, 'openai')).toBe(openai);
  expect(JSON.parse(writeError(failure, 'openai')).error.code).toBe(code);
});

test('in mid-stream every client finds a truthy error with a sentence, on one line', () => {
  const failure = outOfCredit(TEAM, 0n, 1n);
  for (const dialect of ['xai', 'openai'] as const) {
    const text = writeStreamError(failure, dialect);
    expect(text).not.toContain('\n');
    expect(JSON.parse(text).error.message).toBe(failure.message);
  }
  expect(JSON.parse(writeStreamError(failure, 'xai'))).toMatchObject({
    code: 'permission-denied',
    error: { code: 'permission-denied' },
  });
  expect(JSON.parse(writeStreamError(failure, 'openai')).error.code).toBe('insufficient_quota');
});

describe("an upstream's sentence", () => {
  test.each([
    ['{"error":{"message":"Too hot.","type":"x","param":null,"code":null}}', 'Too hot.'],
    ['{"code":"invalid-argument","error":"Too hot."}', 'Too hot.'],
    ['{"error":"Too hot."}', 'Too hot.'],
    ['{"type":"error","error":{"type":"x","message":"Too hot."}}', 'Too hot.'],
    ['[{"error":{"code":400,"message":"Too hot.","status":"INVALID_ARGUMENT"}}]', 'Too hot.'],
    ['{"object":"error","message":"Too hot.","type":"x","param":null,"code":1}', 'Too hot.'],
    ['{"message":"Too hot."}', 'Too hot.'],
    ['{"detail":"Too hot."}', 'Too hot.'],
    ['{"error":null,"message":"Too hot."}', 'Too hot.'],
    ['{"error":{"code":1},"message":"Too hot."}', 'Too hot.'],
    ['{"code":20012,"message":"Too hot.","data":null}', 'Too hot.'],
    ['"Too hot."', 'Too hot.'],
    ['{"error":"  Too\\r\\n\\u0000\\u2028hot.\\u202e "}', 'Too hot.'],
  ])('%s', (text, sentence) => {
    expect(readErrorSentence(text)).toBe(sentence);
  });

  test.each([
    '',
    '<html>Too hot.</html>',
    '{',
    'null',
    '[]',
    '{}',
    '5',
    '{"error":{}}',
    '{"error":""}',
    '{"error":"\\n\\u0000"}',
    '{"error":5}',
    '{"error":["Too hot."]}',
  ])('%j has none', (text) => {
    expect(readErrorSentence(text)).toBeUndefined();
  });

  test('is not dug for a hundred thousand levels deep', () => {
    const text = `${'{"error":'.repeat(100_000)}"Too hot."${'}'.repeat(100_000)}`;
    expect(readErrorSentence(text)).toBeUndefined();
  });

  test('is bounded, and never ends in half a character', () => {
    const long = readErrorSentence(JSON.stringify({ error: `x${'😀'.repeat(1_000)}` }));
    expect(long?.length).toBeLessThanOrEqual(500);
    expect(long?.isWellFormed()).toBe(true);
  });
});
