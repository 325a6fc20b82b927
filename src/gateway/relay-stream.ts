import {
  creditUsedUpInAnswer,
  type Failure,
  isFailure,
  keyEndedInAnswer,
  ledgerLostInAnswer,
  shutDownInAnswer,
  spendLimitReachedInAnswer,
  upstreamBroke,
  upstreamFailed,
} from '../domain/failure.ts';
import type { JsonObject } from '../protocol/parse-json.ts';
import type { ServerSentEvent } from '../protocol/server-sent-events/parse-events.ts';
import { DONE_EVENT, dataEvent } from '../protocol/server-sent-events/write-events.ts';
import { writeStreamError } from '../protocol/xai-chat/error.ts';
import { readStreamChunk, type StreamChunk } from '../protocol/xai-chat/stream.ts';
import { writeUsage } from '../protocol/xai-chat/usage.ts';
import type { UpstreamResponse } from '../upstream/upstream.ts';
import { type PaidExchange, reportedModel } from './exchange.ts';
import { CLIENT_GONE_STATUS, endedFailure, failureEnd } from './failure-end.ts';
import type { Gateway } from './gateway.ts';
import { BrokenStream, readEvents } from './read-events.ts';
import { type End, settle } from './settle.ts';
import { stopBroken } from './stop-broken.ts';
import { type Cover, StreamCredit } from './stream-credit.ts';
import { StreamEditor } from './stream-editor.ts';

/** Why the relaying of chunks stopped. `broke` is the upstream's doing, `ended` somebody's outside. */
type Verdict = 'whole' | 'broke' | 'ended' | Exclude<Cover, 'paid'>;

/**
 * Relays a streamed answer and settles it: the last part is handed over when the bill is known and durable.
 *
 * Whatever happens, the exchange is settled exactly once: also when the reader goes away and this generator is
 * returned from outside.
 */
export async function* relayStream(
  gateway: Gateway,
  exchange: PaidExchange,
  head: Promise<UpstreamResponse | Failure>,
): AsyncGenerator<string, void> {
  const relay = new StreamRelay(gateway, exchange);
  try {
    const response = await exchange.stopwatch.onOthers(head);
    if (isFailure(response)) yield* relay.failBeforeAnswer(response);
    else yield* relay.finish(yield* relay.chunks(response));
  } catch (reason) {
    yield relay.errorEvent(await stopBroken(gateway, exchange, reason));
  } finally {
    await relay.abandon();
    exchange.ending.over();
  }
}

class StreamRelay {
  readonly #gateway: Gateway;
  readonly #exchange: PaidExchange;
  readonly #credit: StreamCredit;
  readonly #editor: StreamEditor;
  /** The upstream has begun to answer. */
  #isAccepted = false;

  constructor(gateway: Gateway, exchange: PaidExchange) {
    this.#gateway = gateway;
    this.#exchange = exchange;
    this.#credit = new StreamCredit(gateway, exchange);
    this.#editor = new StreamEditor({
      identity: { id: exchange.id, model: reportedModel(exchange) },
      createdSeconds: Math.floor(exchange.atMs / 1_000),
      choices: exchange.chat.choices,
      includeUsage: exchange.chat.includeUsage,
    });
  }

  /** The upstream's chunks, as the reader gets them, until there are no more or they must stop. */
  async *chunks({ body }: UpstreamResponse): AsyncGenerator<string, Verdict> {
    const { ending, stopwatch, id } = this.#exchange;
    const { clock } = this.#gateway;
    try {
      for await (const events of readEvents(body, clock, ending, stopwatch)) {
        const { text, stop } = await this.#takeEvents(events);
        if (text !== '') {
          // The time until the reader comes back for more is the reader's.
          const fromMs = clock.monotonicMs();
          try {
            yield text;
          } finally {
            stopwatch.addOthers(clock.monotonicMs() - fromMs);
          }
        }
        if (stop !== undefined) return stop;
      }
    } catch (reason) {
      if (!(reason instanceof BrokenStream)) throw reason;
      if (ending.reason === undefined)
        this.#gateway.log.warn('upstream-broke', { request: id, reason: reason.message });
    }
    // Some upstreams close without a [DONE]; the end of every choice says as much.
    if (this.#editor.isFinished && ending.reason !== 'client-gone') return 'whole';
    return ending.reason === undefined ? 'broke' : 'ended';
  }

  async *failBeforeAnswer(failure: Failure): AsyncGenerator<string, void> {
    await this.#settle(failureEnd(this.#exchange, failure, { charge: false }));
    if (this.#exchange.ending.reason !== 'client-gone') yield this.errorEvent(failure);
  }

  /** Settles, then hands over the end of the answer. */
  async *finish(verdict: Verdict): AsyncGenerator<string, void> {
    const { ending, caller } = this.#exchange;
    if (verdict !== 'whole') ending.stopUpstream();
    if (verdict === 'whole' || verdict === 'beyond-limit') {
      const usage = await this.#settle({ outcome: 'completed', httpStatus: 200, charge: true });
      yield this.#editor.end(usage, verdict === 'whole' ? 'stop' : 'length') + DONE_EVENT;
      return;
    }
    if (verdict === 'spend-limit-reached') {
      const failure = spendLimitReachedInAnswer();
      const usage = await this.#settle({ outcome: 'cut-limit', httpStatus: 200, failure, charge: true });
      yield this.#editor.cut(usage) + this.errorEvent(failure);
      return;
    }
    if (verdict === 'credit-used-up' || verdict === 'ledger-lost') {
      const failure =
        verdict === 'ledger-lost' ? ledgerLostInAnswer() : creditUsedUpInAnswer(caller.organizationId);
      const usage = await this.#settle({ outcome: 'cut-credit', httpStatus: 200, failure, charge: true });
      yield this.#editor.cut(usage) + this.errorEvent(failure);
      return;
    }
    const charge = this.#isToBeCharged();
    const failure = charge ? this.#cutFailure() : this.#emptyFailure();
    await this.#settle(failureEnd(this.#exchange, failure, { charge }));
    if (ending.reason !== 'client-gone') yield this.#editor.rest() + this.errorEvent(failure);
  }

  /** The reader has gone: what was made up to now is charged. */
  async abandon(): Promise<void> {
    const { ending } = this.#exchange;
    if (ending.isSettled) return;
    ending.end('client-gone');
    const end = {
      outcome: 'client-gone',
      httpStatus: CLIENT_GONE_STATUS,
      charge: this.#isAccepted,
    } as const;
    await settle(this.#gateway, this.#exchange, end).catch((reason) =>
      stopBroken(this.#gateway, this.#exchange, reason),
    );
  }

  errorEvent(failure: Failure): string {
    return dataEvent(writeStreamError(failure, this.#exchange.dialect));
  }

  /** Reads events; answers what to hand over, and why to stop if they say so. */
  async #takeEvents(events: readonly ServerSentEvent[]): Promise<{ text: string; stop?: Verdict }> {
    const { meter, stopwatch, id, trace } = this.#exchange;
    this.#isAccepted = true;
    let text = '';
    for (const { event, data } of events) {
      if (event !== undefined && event !== 'error') continue; // The protocol has no named events; a page might run them.
      const repeat = event === undefined ? this.#editor.repeat(data) : undefined;
      if (repeat !== undefined) {
        meter.note(repeat.written, undefined);
        stopwatch.firstToken();
        text += dataEvent(repeat.text);
        const cover = this.#credit.isCovered ? 'paid' : await this.#credit.cover(this.#editor.isFinished);
        if (cover !== 'paid') return { text, stop: cover };
        continue;
      }
      const chunk: StreamChunk = event === 'error' ? { kind: 'error' } : readStreamChunk(data);
      if (chunk.kind === 'done') return { text, stop: 'whole' };
      if (chunk.kind !== 'chunk') {
        this.#gateway.log.warn('upstream-event-bad', { request: id, kind: chunk.kind });
        return { text, stop: this.#editor.isFinished ? 'whole' : 'broke' };
      }
      meter.note(chunk.written, chunk.usage);
      if (chunk.written !== '') stopwatch.firstToken();
      if (chunk.finishes) trace?.choicesEnded(chunk.value);
      text += this.#editor.take(chunk);
      const cover = this.#credit.isCovered ? 'paid' : await this.#credit.cover(this.#editor.isFinished);
      if (cover !== 'paid') return { text, stop: cover };
    }
    this.#credit.checkpointWhenDue();
    return { text };
  }

  /**
   * What was written is charged. Before the first word an upstream that broke off, or a server that shuts down, has
   * made nothing; a caller that hangs up or whose key is revoked has had its prompt read.
   */
  #isToBeCharged(): boolean {
    const { meter, ending } = this.#exchange;
    if (!this.#isAccepted) return false;
    return meter.hasOutput || ending.reason === 'client-gone' || ending.reason === 'key-ended';
  }

  /** Says that what arrived was charged. */
  #cutFailure(): Failure {
    const { ending, model } = this.#exchange;
    if (ending.reason === 'key-ended') return keyEndedInAnswer();
    return ending.reason === 'shut-down' ? shutDownInAnswer() : upstreamBroke(model.id);
  }

  /** Says that nothing was charged, or nothing of it. */
  #emptyFailure(): Failure {
    const { ending, model } = this.#exchange;
    return ending.reason === undefined ? upstreamFailed(model.id) : endedFailure(this.#exchange);
  }

  async #settle(end: End): Promise<JsonObject> {
    const { usage, chargedTicks } = await settle(this.#gateway, this.#exchange, end);
    return writeUsage(usage, chargedTicks);
  }
}
