import { mayUseModel } from '../domain/access.ts';
import {
  type Failure,
  idempotencyKeyInUse,
  idempotencyKeyReused,
  idempotentAnswerLost,
  isFailure,
  ledgerUnavailable,
  malformedIdempotencyKey,
  tooManyIdempotencyKeys,
  unknownModel,
} from '../domain/failure.ts';
import { errorStatus } from '../protocol/xai-chat/error.ts';
import type { ClaimAnswer, IdempotencyClaim } from '../storage/idempotency-store.ts';
import { AnswerRecording } from './answer-recording.ts';
import { checkEndpoint } from './check-access.ts';
import type { Exchange } from './exchange.ts';
import type { Gateway, GatewayAnswer, GatewayRequest } from './gateway.ts';
import { IDEMPOTENCY_LIMITS, KEY_CHARACTERS } from './idempotency-limits.ts';
import { recordRefusal } from './record.ts';

/**
 * Answers a request that has an idempotency key. The key is taken durably before anything else happens; then the
 * request runs, or what became of the first one with this key is told. Nothing is ever decided by a look at the store
 * that a write comes after: taking the key is one command, which refuses.
 */
export async function answerOnce(
  gateway: Gateway,
  exchange: Exchange,
  { idempotencyKey = '', bodyText }: Pick<GatewayRequest, 'idempotencyKey' | 'bodyText'>,
  run: (exchange: Exchange) => Promise<GatewayAnswer | Failure>,
): Promise<GatewayAnswer | Failure> {
  const refuse = (failure: Failure) => {
    recordRefusal(gateway, exchange, failure, errorStatus(failure, exchange.dialect));
    return failure;
  };
  if (!isWellFormed(idempotencyKey)) return refuse(malformedIdempotencyKey(KEY_CHARACTERS));
  const denied = checkEndpoint(exchange.caller, 'chat');
  if (denied !== undefined) return refuse(denied);

  const { organizationId } = exchange.caller;
  const claim: IdempotencyClaim = {
    organizationId,
    keyHash: gateway.sha256(idempotencyKey),
    requestId: exchange.id,
    // In the other dialect it would be another answer. The body counts byte by byte.
    fingerprint: gateway.sha256([organizationId, 'chat', exchange.dialect, bodyText].join('\n')),
    processId: gateway.processId,
    atMs: exchange.atMs,
  };
  const recording = new AnswerRecording(gateway, claim);
  let taken: ClaimAnswer;
  try {
    taken = await gateway.idempotency.claim(claim, IDEMPOTENCY_LIMITS);
  } catch {
    gateway.log.error('ledger-unavailable', { request: exchange.id, command: 'claim' });
    // Nobody waits for that to be undone.
    recording.releaseUnheard().catch(() => {});
    return refuse(ledgerUnavailable());
  }
  if (taken.outcome === 'done') return runOnce({ ...exchange, recording }, recording, run);
  if (taken.outcome === 'full') return refuse(tooManyIdempotencyKeys());
  const again = answerAgain(exchange, claim, taken);
  if (isFailure(again)) return refuse(again);
  gateway.log.info('answer-repeated', { request: exchange.id, first: taken.requestId });
  return again;
}

function isWellFormed(key: string): boolean {
  return key.length <= KEY_CHARACTERS && /^[\x20-\x7e]+$/.test(key);
}

/** A stream ends its key itself; for everything else that has happened when this resolves. */
async function runOnce(
  exchange: Exchange,
  recording: AnswerRecording,
  run: (exchange: Exchange) => Promise<GatewayAnswer | Failure>,
): Promise<GatewayAnswer | Failure> {
  const endUnkept = () => (exchange.ending.isCharged ? recording.forget() : recording.release());
  try {
    const answer = await run(exchange);
    if (isFailure(answer)) await endUnkept();
    return answer;
  } catch (reason) {
    await endUnkept();
    throw reason;
  }
}

/** What became of the first request with this key. */
function answerAgain(
  { caller }: Exchange,
  { fingerprint }: IdempotencyClaim,
  first: Extract<ClaimAnswer, { outcome: 'taken' }>,
): GatewayAnswer | Failure {
  const { state, requestId } = first;
  if (first.fingerprint !== fingerprint) return idempotencyKeyReused();
  if (state.kind === 'running') return idempotencyKeyInUse();
  if (state.kind !== 'answered') return idempotentAnswerLost(state.kind, requestId);
  const { model, status, headers, body } = state.answer;
  if (!mayUseModel(caller.acls, model)) return unknownModel(model, caller.organizationId);
  return { status, headers: { ...headers, 'idempotent-replayed': 'true' }, body };
}
