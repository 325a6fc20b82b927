import { type Failure, isFailure, upstreamFailed } from '../domain/failure.ts';
import { readChatAnswer, rewriteChatAnswer } from '../protocol/xai-chat/response.ts';
import { writeUsage } from '../protocol/xai-chat/usage.ts';
import type { UpstreamResponse } from '../upstream/upstream.ts';
import { UPSTREAM_STALL_MS } from './deadlines.ts';
import { type PaidExchange, reportedModel } from './exchange.ts';
import { endedFailure, failureEnd } from './failure-end.ts';
import type { Gateway } from './gateway.ts';
import { readBounded } from './read-bounded.ts';
import { settle } from './settle.ts';
import { Watchdog } from './watchdog.ts';

/** The largest whole answer that is taken from an upstream. */
const ANSWER_BYTES = 32 * 1024 * 1024;

/** An answer that says it is no longer than this is read at once and not piece by piece. */
const SMALL_ANSWER_BYTES = 1024 * 1024;

/** Relays an answer that is not streamed. It is charged before it is handed over, so its bill is true. */
export async function relayWhole(
  gateway: Gateway,
  exchange: PaidExchange,
  head: Promise<UpstreamResponse | Failure>,
): Promise<string | Failure> {
  const response = await exchange.stopwatch.onOthers(head);
  const text = isFailure(response) ? response : await readAnswer(gateway, exchange, response);
  const answer = isFailure(text) ? text : (readChatAnswer(text) ?? upstreamFailed(exchange.model.id));
  if (isFailure(answer)) {
    await settle(gateway, exchange, failureEnd(exchange, answer, { charge: false }));
    return answer;
  }
  exchange.stopwatch.firstToken();
  exchange.trace?.choicesEnded(answer.value);
  exchange.meter.note(answer.written, answer.usage);
  const { usage, chargedTicks } = await settle(gateway, exchange, {
    outcome: 'completed',
    httpStatus: 200,
    charge: true,
  });
  return rewriteChatAnswer(answer, exchange.id, reportedModel(exchange), writeUsage(usage, chargedTicks));
}

async function readAnswer(
  { clock, log }: Gateway,
  exchange: PaidExchange,
  response: UpstreamResponse,
): Promise<string | Failure> {
  const { id, ending, stopwatch, model, upstream } = exchange;
  const watchdog = new Watchdog(clock, UPSTREAM_STALL_MS, () => ending.end('stalled'));
  watchdog.watch();
  try {
    const text = await stopwatch.onOthers(readText(response, () => watchdog.watch()));
    if (text !== undefined) return text;
    log.warn('upstream-answer-too-large', { request: id, channel: upstream.name });
    return upstreamFailed(model.id);
  } catch {
    if (ending.reason !== undefined) return endedFailure(exchange);
    log.warn('upstream-broke', { request: id, channel: upstream.name });
    return upstreamFailed(model.id);
  } finally {
    watchdog.stop();
  }
}

function readText(response: UpstreamResponse, onPiece: () => void): Promise<string | undefined> {
  const announced = response.header('content-length');
  const isSmall = announced !== null && Number(announced) <= SMALL_ANSWER_BYTES;
  if (isSmall && response.text !== undefined) return response.text();
  return readBounded(response.body, { bytes: ANSWER_BYTES, onPiece });
}
