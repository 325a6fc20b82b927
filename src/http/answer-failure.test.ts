import { describe, expect, test } from 'bun:test';
import { bodyTooLarge, missingKey, tooManyRequests, wrongKey } from '../domain/failure.ts';
import { answerFailure } from './answer-failure.ts';

const XAI = { dialect: 'xai', requestId: 'r-1' } as const;
const OPENAI = { dialect: 'openai', requestId: 'r-1' } as const;

describe('a failure as an answer', () => {
  test("in xAI's shape and with its statuses", async () => {
    const response = answerFailure(wrongKey('xa***zz'), XAI);
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      code: 'invalid-argument',
      error: expect.stringContaining('Incorrect API key provided: xa***zz'),
    });
  });

  test("in OpenAI's shape and with its statuses", async () => {
    const response = answerFailure(wrongKey('xa***zz'), OPENAI);
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({
      error: {
        message: expect.stringContaining('Incorrect API key'),
        type: 'invalid_request_error',
        param: null,
        code: 'invalid_api_key',
      },
    });
  });

  test('is JSON, names its request, and pages of any origin may read it', () => {
    const { headers } = answerFailure(missingKey(), XAI);
    expect(headers.get('content-type')).toBe('application/json');
    expect(headers.get('x-request-id')).toBe('r-1');
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.has('retry-after')).toBe(false);
  });
});

test('Retry-After is in whole seconds, rounded up and never 0', () => {
  const retryAfter = (ms: number) =>
    answerFailure(tooManyRequests('team', 'model', '3 requests per minute', ms), XAI).headers.get(
      'retry-after',
    );
  expect([0, 1, 1_000, 1_001, 54_000].map(retryAfter)).toEqual(['1', '1', '1', '2', '54']);
});

test('a body that was not read to its end closes the connection', () => {
  expect(answerFailure(bodyTooLarge(1), XAI).headers.get('connection')).toBe('close');
  expect(answerFailure(missingKey(), XAI).headers.has('connection')).toBe(false);
});
