import {
  blockedKey,
  type Failure,
  isFailure,
  noUpstream,
  overloaded,
  shuttingDown,
} from '../domain/failure.ts';
import { priceAt } from '../domain/price.ts';
import { within } from '../ports/clock.ts';
import { errorStatus } from '../protocol/xai-chat/error.ts';
import { type ChatRequest, parseChatRequest } from '../protocol/xai-chat/request.ts';
import type { KeyWithOwner } from '../storage/key-store.ts';
import type { UpstreamResponse } from '../upstream/upstream.ts';
import type { Admission } from './admit.ts';
import { answerOnce } from './answer-once.ts';
import { checkContent, checkEndpoint, findModel } from './check-access.ts';
import { chooseUpstream, effectiveContextTokens } from './choose-upstream.ts';
import { ANSWER_MS, EARLY_HEAD_MS, KEY_LOOK_AGAIN_MS } from './deadlines.ts';
import { Ending } from './ending.ts';
import { type Exchange, type PaidExchange, type RoutedExchange, toPaid, toRouted } from './exchange.ts';
import { endedFailure, failureEnd } from './failure-end.ts';
import { forward } from './forward.ts';
import type { Gateway, GatewayAnswer, GatewayRequest } from './gateway.ts';
import { identifyCaller, keyFault, placeFault } from './identify-caller.ts';
import { identifyPerson } from './identify-person.ts';
import { measurePrompt } from './measure-prompt.ts';
import { Meter } from './meter.ts';
import { recordRefusal } from './record.ts';
import { StreamRelay } from './relay-stream.ts';
import { relayWhole } from './relay-whole.ts';
import { reserveCredit } from './reserve-credit.ts';
import { settle } from './settle.ts';
import { stopBroken } from './stop-broken.ts';
import { Stopwatch } from './stopwatch.ts';
import { streamAnswer } from './stream-answer.ts';

/**
 * The whole way of a chat completion; every step is a file of this folder. Up to `reserveCredit` a failure costs
 * nothing and leaves nothing but a record; from there on the exchange is settled, whatever happens.
 */
export async function answerChat(
  gateway: Gateway,
  request: GatewayRequest,
): Promise<GatewayAnswer | Failure> {
  const ending = new Ending();
  ending.onOver(request.onOver);
  let isStreaming = false;
  try {
    const answer = await answerRequest(gateway, request, ending);
    isStreaming = !isFailure(answer) && typeof answer.body !== 'string';
    return answer;
  } finally {
    // A stream says so itself when it is over.
    if (!isStreaming) ending.over();
  }
}

async function answerRequest(
  gateway: Gateway,
  request: GatewayRequest,
  ending: Ending,
): Promise<GatewayAnswer | Failure> {
  if (gateway.exchanges.isClosed) return shuttingDown();
  if (gateway.exchanges.isFull()) return overloaded();
  gateway.exchanges.add(ending);
  const hangUp = () => ending.end('client-gone');
  request.signal.addEventListener('abort', hangUp, { once: true });
  ending.onOver(() => request.signal.removeEventListener('abort', hangUp));
  if (request.signal.aborted) hangUp();

  const { person } = request;
  const found = person === undefined ? identifyCaller(gateway, request) : identifyPerson(person);
  const caller = found instanceof Promise ? await found : found;
  if (isFailure(caller)) return caller;
  const lookAgain = () => void endIfCallerEnded(gateway, caller, request, ending, lookAgain);
  ending.onOver(gateway.keys.subscribe(caller.id, lookAgain));
  // A change that came while the key was looked up has told nobody.
  if (found instanceof Promise) lookAgain();
  const exchange: Exchange = {
    id: request.id,
    atMs: gateway.clock.nowMs(),
    caller,
    dialect: request.dialect,
    stopwatch: new Stopwatch(gateway.clock, request.arrivedMs),
    ending,
    trace: request.trace,
    recording: undefined,
  };
  const run = (runs: Exchange) => runExchange(gateway, runs, request.bodyText);
  return request.idempotencyKey === undefined ? run(exchange) : answerOnce(gateway, exchange, request, run);
}

async function runExchange(
  gateway: Gateway,
  exchange: Exchange,
  bodyText: string,
): Promise<GatewayAnswer | Failure> {
  const paid = await openExchange(gateway, exchange, bodyText);
  return isFailure(paid) ? paid : answerExchange(gateway, paid);
}

/** Everything before the upstream is called. */
async function openExchange(
  gateway: Gateway,
  exchange: Exchange,
  bodyText: string,
): Promise<PaidExchange | Failure> {
  let known: Exchange | RoutedExchange = exchange;
  const refuse = (failure: Failure) => {
    recordRefusal(gateway, known, failure, errorStatus(failure, exchange.dialect));
    return failure;
  };

  const denied = checkEndpoint(exchange.caller, 'chat');
  if (denied !== undefined) return refuse(denied);
  const chat = parseChatRequest(bodyText);
  if (isFailure(chat)) return refuse(chat);
  const routed = route(gateway, exchange, chat);
  if (isFailure(routed)) return refuse(routed);
  known = routed;

  const contextTokens = effectiveContextTokens(routed.model, routed.upstream);
  // Nearly always both are known at once, and what need not be waited for is not.
  const measured = measurePrompt(gateway, chat, routed.upstream, contextTokens);
  const prompt = measured instanceof Promise ? await measured : measured;
  if (isFailure(prompt)) return refuse(prompt);

  const asked = gateway.admission.admit(
    exchange.caller,
    routed.model,
    bodyText.length,
    exchange.ending.signal,
  );
  const admission = asked instanceof Promise ? await inLine(routed, asked) : asked;
  if (isFailure(admission)) return refuse(admission);
  try {
    const reservation = await reserveCredit(gateway, routed, prompt);
    if (!isFailure(reservation))
      return toPaid(routed, { admission, reservation, meter: new Meter(gateway.tokeniser, prompt) });
    admission.leave(0);
    return refuse(reservation);
  } catch (reason) {
    admission.leave(0);
    throw reason;
  }
}

/** What was asked, what it costs, and what will answer it. */
function route(gateway: Gateway, exchange: Exchange, chat: ChatRequest): RoutedExchange | Failure {
  const model = findModel(gateway.catalogue(), exchange.caller, chat.model);
  if (isFailure(model)) return model;
  const refused = checkContent(model, chat);
  if (refused !== undefined) return refused;
  const choice = chooseUpstream(gateway, model, chat);
  if (isFailure(choice)) return choice;
  const sheet = priceAt(model.prices, exchange.atMs);
  if (sheet === undefined) return noUpstream(model.id);
  const { upstream, substitutes } = choice;
  return toRouted(exchange, { chat, model, upstream, substitutes, sheet });
}

/** The call waits its turn. */
async function inLine(exchange: RoutedExchange, turn: Promise<Admission>): Promise<Admission | Failure> {
  try {
    return await exchange.stopwatch.inLine(turn);
  } catch (reason) {
    if (exchange.ending.signal.aborted) return endedFailure(exchange);
    throw reason;
  }
}

/** Calls the upstream and relays its answer. */
async function answerExchange(gateway: Gateway, exchange: PaidExchange): Promise<GatewayAnswer | Failure> {
  const { ending, chat } = exchange;
  ending.onOver(gateway.clock.after(ANSWER_MS, () => ending.end('stalled')));
  try {
    const head = forward(gateway, exchange);
    if (chat.stream) return await answerStream(gateway, exchange, head);
    const body = await relayWhole(gateway, exchange, head);
    if (isFailure(body)) return body;
    const answer = { status: 200, headers: answerHeaders(exchange, 'application/json'), body };
    await exchange.recording?.keep(exchange.model.id, answer);
    return answer;
  } catch (reason) {
    return await stopBroken(gateway, exchange, reason);
  }
}

/**
 * A quick refusal still becomes a plain error; after a while the stream's head goes out, so that nobody in between
 * takes the silence for death.
 */
async function answerStream(
  gateway: Gateway,
  exchange: PaidExchange,
  head: Promise<UpstreamResponse | Failure>,
): Promise<GatewayAnswer | Failure> {
  const early = await exchange.stopwatch.onOthers(within(gateway.clock, EARLY_HEAD_MS, head));
  if (isFailure(early)) {
    await settle(gateway, exchange, failureEnd(exchange, early, { charge: false }));
    return early;
  }
  const headers = answerHeaders(exchange, 'text/event-stream');
  const relay = new StreamRelay(gateway, exchange, head);
  const parts = exchange.recording?.recordStream(exchange, headers, relay) ?? relay;
  return {
    status: 200,
    headers,
    body: streamAnswer(gateway.clock, exchange.ending, parts, { isLate: early === undefined }),
  };
}

/** The caller's key, or a session, was changed while its request is under way; a revocation reaches it here. */
async function endIfCallerEnded(
  { keys, clock }: Gateway,
  { hash }: KeyWithOwner,
  { person, clientAddress }: GatewayRequest,
  ending: Ending,
  lookAgain: () => void,
): Promise<void> {
  try {
    const fault =
      person === undefined
        ? faultOf(await keys.find(hash), clock.nowMs(), clientAddress)
        : await person.fault();
    if (fault !== undefined) ending.end('key-ended', fault);
  } catch {
    // The store is away. The request was let in with a good key and goes on, until it can be looked at again.
    ending.onOver(clock.after(KEY_LOOK_AGAIN_MS, lookAgain));
  }
}

function faultOf(
  key: KeyWithOwner | undefined,
  nowMs: number,
  clientAddress: GatewayRequest['clientAddress'],
): Failure | undefined {
  if (key === undefined) return blockedKey('revoked');
  return keyFault(key, nowMs) ?? placeFault(key, clientAddress);
}

function answerHeaders(exchange: PaidExchange, contentType: string): Record<string, string> {
  const headers: Record<string, string> = {
    'content-type': contentType,
    'x-request-id': exchange.id,
    'x-turnpike-overhead-ms': exchange.stopwatch.read().gatewayMs.toFixed(3),
    ...exchange.admission.headers,
  };
  if (exchange.chat.stream) {
    headers['cache-control'] = 'no-cache';
    headers['x-accel-buffering'] = 'no';
  }
  if (exchange.upstream.simulated) headers['x-turnpike-simulated'] = 'true';
  const { cappedBy } = exchange.reservation;
  if (cappedBy !== undefined) headers['x-turnpike-output-capped'] = cappedBy;
  return headers;
}
