import { type Failure, internalError } from '../domain/failure.ts';
import { errorFact } from '../ports/error-fact.ts';
import type { PaidExchange } from './exchange.ts';
import type { Gateway } from './gateway.ts';
import { settle } from './settle.ts';

/** An assertion broke: this request stops, its hold is released, and it is reported. */
export async function stopBroken(
  gateway: Gateway,
  exchange: PaidExchange,
  reason: unknown,
): Promise<Failure> {
  const { ending, id } = exchange;
  const failure = internalError(id);
  gateway.log.error('assertion-broken', { request: id, error: errorFact(reason) });
  ending.stopUpstream();
  // What broke may have broken after the bill was made; then there is nothing left to release.
  if (!ending.isSettled)
    await settle(gateway, exchange, { outcome: 'failed', httpStatus: 500, failure, charge: false });
  return failure;
}
