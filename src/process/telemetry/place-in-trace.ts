import type { TracePlace } from '../../gateway/request-trace.ts';
import { parseTraceParent } from '../../protocol/trace-context.ts';
import { isInShare } from '../share-of-requests.ts';
import type { Sampling } from './telemetry-settings.ts';

/**
 * Where a request stands: in its caller's trace if it brought one, else at the beginning of its own. A trace that
 * begins here has the request's id, so the id is enough to find it, and traces and log lines are chosen alike.
 */
export function placeInTrace(
  { headers, url }: Pick<Request, 'headers' | 'url'>,
  requestId: string,
  { share, followsParent }: Sampling,
): TracePlace {
  const parent = parseTraceParent(headers.get('traceparent'));
  const traceId = parent?.traceId ?? requestId.replaceAll('-', '');
  return {
    traceId,
    parentSpanId: parent?.spanId,
    isSampled: followsParent && parent !== undefined ? parent.isSampled : isInShare(traceId, share),
    path: new URL(url).pathname,
  };
}
