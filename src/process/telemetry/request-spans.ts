import type { Attributes } from '../../protocol/otlp/attributes.ts';
import type { Span } from '../../protocol/otlp/write-spans.ts';
import type { RequestRecord } from '../../storage/usage-store.ts';
import { allOutputTokens, callAttributes, errorType, type FinishedRequest } from './request-attributes.ts';

/**
 * The spans of a finished request: the server's, and below it the call of the model if there was one. Names, figures
 * and moments; never a prompt, an answer, a key or who it belongs to. The request's id leads to the rest in the log.
 */
export function requestSpans({ record, trace }: FinishedRequest, newSpanId: () => string): Span[] {
  const { place, startedAtMs, upstream, calledAfterMs } = trace;
  const server: Span = {
    traceId: place.traceId,
    spanId: newSpanId(),
    parentSpanId: place.parentSpanId,
    name: `POST ${place.path}`,
    kind: 'server',
    startMs: startedAtMs,
    endMs: startedAtMs + record.durationMs,
    attributes: serverAttributes(record, place.path),
    hasFailed: isServerFailure(record),
  };
  if (upstream === undefined || calledAfterMs === undefined) return [server];
  const client: Span = {
    traceId: place.traceId,
    spanId: newSpanId(),
    parentSpanId: server.spanId,
    name: `chat ${record.model}`,
    kind: 'client',
    startMs: startedAtMs + calledAfterMs,
    endMs: startedAtMs + (trace.endedAfterMs ?? record.durationMs),
    attributes: {
      ...callAttributes(record, upstream),
      ...answerAttributes(record, trace.finishReasons, calledAfterMs),
    },
    hasFailed: errorType(record) !== undefined,
  };
  return [server, client];
}

/**
 * By the conventions for HTTP, what its caller got wrong is no failure of the server. An answer that was cut is one,
 * although its head said 200.
 */
function isServerFailure({ httpStatus, outcome }: RequestRecord): boolean {
  return httpStatus >= 500 || outcome === 'upstream-broke' || outcome === 'shut-down';
}

function serverAttributes(record: RequestRecord, path: string): Attributes {
  return {
    'http.request.method': 'POST',
    'http.route': path,
    'url.path': path,
    'url.scheme': 'http',
    'http.response.status_code': BigInt(record.httpStatus),
    'error.type': isServerFailure(record) ? errorType(record) : undefined,
    'turnpike.request.id': record.requestId,
    'turnpike.model': record.model || undefined,
    'turnpike.channel': record.channel || undefined,
    'turnpike.outcome': record.outcome,
    'turnpike.failure.code': record.failureCode ?? undefined,
    'turnpike.simulated': record.simulated,
    'turnpike.usage.estimated': record.estimated,
    'turnpike.cost.usd_ticks': record.costTicks,
    'turnpike.uncollected.usd_ticks': record.uncollectedTicks,
    'turnpike.queue.duration': record.queuedMs / 1_000,
    'turnpike.gateway.duration': record.gatewayMs / 1_000,
  };
}

function answerAttributes(
  record: RequestRecord,
  finishReasons: readonly string[],
  calledAfterMs: number,
): Attributes {
  const { usage, timeToFirstTokenMs } = record;
  const wasCounted = usage.inputTokens > 0 || allOutputTokens(record) > 0;
  return {
    'gen_ai.request.stream': record.streamed,
    'gen_ai.response.id': record.requestId,
    'gen_ai.response.finish_reasons': finishReasons.length > 0 ? finishReasons : undefined,
    'gen_ai.response.time_to_first_chunk':
      record.streamed && timeToFirstTokenMs !== null
        ? Math.max(0, timeToFirstTokenMs - calledAfterMs) / 1_000
        : undefined,
    'gen_ai.usage.input_tokens': wasCounted ? BigInt(usage.inputTokens) : undefined,
    'gen_ai.usage.output_tokens': wasCounted ? BigInt(allOutputTokens(record)) : undefined,
    'gen_ai.usage.reasoning.output_tokens':
      usage.reasoningTokens > 0 ? BigInt(usage.reasoningTokens) : undefined,
    'gen_ai.usage.cache_read.input_tokens':
      usage.cachedInputTokens > 0 ? BigInt(usage.cachedInputTokens) : undefined,
    'error.type': errorType(record),
  };
}
