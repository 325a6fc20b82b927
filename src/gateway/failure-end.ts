import { type Failure, shuttingDown, upstreamTimedOut } from '../domain/failure.ts';
import { errorStatus } from '../protocol/xai-chat/error.ts';
import type { PaidExchange, RoutedExchange } from './exchange.ts';
import type { End } from './settle.ts';

/** What proxies record for a caller that hung up; nobody is there to read it. */
export const CLIENT_GONE_STATUS = 499;

/** What a caller is told whose request was ended from outside before its answer began. Nothing is charged then. */
export function endedFailure({ ending, model }: Pick<RoutedExchange, 'ending' | 'model'>): Failure {
  if (ending.reason === 'stalled') return upstreamTimedOut(model.id);
  // Whoever hung up reads none of it.
  return ending.failure ?? shuttingDown();
}

/** The end of an exchange that failed: for its own reason, or because something ended it from outside. */
export function failureEnd(
  { ending, dialect }: PaidExchange,
  failure: Failure,
  { charge }: { charge: boolean },
): End {
  const httpStatus = errorStatus(failure, dialect);
  switch (ending.reason) {
    case 'client-gone':
      return { outcome: 'client-gone', httpStatus: CLIENT_GONE_STATUS, charge };
    case 'key-ended':
      return { outcome: 'cut-key', httpStatus, failure, charge };
    case 'shut-down':
      return { outcome: 'shut-down', httpStatus, failure, charge };
    default:
      return { outcome: charge ? 'upstream-broke' : 'failed', httpStatus, failure, charge };
  }
}
