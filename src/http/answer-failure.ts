import type { Failure } from '../domain/failure.ts';
import { errorStatus, writeError } from '../protocol/xai-chat/error.ts';
import { CORS_HEADERS } from './cors.ts';
import type { RouteContext } from './route.ts';

/** The one place where a failure becomes an HTTP answer. */
export function answerFailure(
  failure: Failure,
  { dialect, requestId }: Pick<RouteContext, 'dialect' | 'requestId'>,
): Response {
  return new Response(writeError(failure, dialect), {
    status: errorStatus(failure, dialect),
    headers: {
      'content-type': 'application/json',
      'x-request-id': requestId,
      ...CORS_HEADERS,
      ...(failure.retryAfterMs === undefined
        ? {}
        : { 'retry-after': String(Math.max(1, Math.ceil(failure.retryAfterMs / 1_000))) }),
      // The rest of a body that was not read must not be taken for the next request.
      ...(failure.httpStatus === 413 || failure.httpStatus === 408 ? { connection: 'close' } : {}),
    },
  });
}

export function answerJson(value: unknown, { requestId }: Pick<RouteContext, 'requestId'>): Response {
  return new Response(JSON.stringify(value), {
    headers: { 'content-type': 'application/json', 'x-request-id': requestId, ...CORS_HEADERS },
  });
}
