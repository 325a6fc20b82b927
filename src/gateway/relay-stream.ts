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
import { type BrokenStream, EventReader } from './event-reader.ts';
import { type PaidExchange, reportedModel } from './exchange.ts';
import { CLIENT_GONE_STATUS, endedFailure, failureEnd } from './failure-end.ts';
import type { Gateway } from './gateway.ts';
import { type End, settle } from './settle.ts';
import { stopBroken } from './stop-broken.ts';
import type { AnswerParts, Part } from './stream-answer.ts';
import { type Cover, StreamCredit } from './stream-credit.ts';
import { StreamEditor } from './stream-editor.ts';

/** Why the relaying of chunks stopped. `broke` is the upstream's doing, `ended` somebody's outside. */
type Verdict = 'whole' | 'broke' | 'ended' | Exclude<Cover, 'paid'>;

/**
 * Relays a streamed answer and settles it: the last part is handed over when the bill is known and durable.
 *
 * Whatever happens, the exchange is settled exactly once: also when the reader goes away and leaves from outside.
 */
export class StreamRelay implements AnswerParts {
  readonly #gateway: Gateway;
  readonly #exchange: PaidExchange;
  readonly #credit: StreamCredit;
  readonly #editor: StreamEditor;
  /** Makes the next part of the answer: a text, an empty one where there was nothing to hand over, undefined at the end. */
  #step: () => Promise<Part | undefined>;
  #events: EventReader<Part> | undefined;
  /** Known as soon as the relaying of chunks stops. */
  #verdict: Verdict | undefined;
  /** The upstream has begun to answer. */
  #isAccepted = false;
  /** Every choice has ended, and the last event wrote nothing beyond. */
  #needsNoMore = false;
  /** A part is being made. */
  #isBusy = false;
  /** Nobody wants another part. */
  #hasLeft = false;
  #isClosed = false;
  /** When the last part was handed over, and when the upstream was asked for more. */
  #handedOverMs: number | undefined;
  #askedMs = 0;

  constructor(gateway: Gateway, exchange: PaidExchange, head: Promise<UpstreamResponse | Failure>) {
    this.#gateway = gateway;
    this.#exchange = exchange;
    this.#credit = new StreamCredit(gateway, exchange);
    this.#editor = new StreamEditor({
      identity: { id: exchange.id, model: reportedModel(exchange) },
      createdSeconds: Math.floor(exchange.atMs / 1_000),
      choices: exchange.chat.choices,
      includeUsage: exchange.chat.includeUsage,
    });
    this.#step = () => this.#begin(head);
  }

  next(): Promise<Part | undefined> {
    this.#isBusy = true;
    if (this.#handedOverMs !== undefined) {
      // The time until the reader comes back for more is the reader's.
      this.#exchange.stopwatch.addOthers(this.#gateway.clock.monotonicMs() - this.#handedOverMs);
      this.#handedOverMs = undefined;
    }
    return this.#step().then(this.#handOver, this.#breakOff);
  }

  leave(): void {
    this.#hasLeft = true;
    if (!this.#isBusy) this.#close().catch(() => {}); // Whatever can break in it was reported.
  }

  readonly #handOver = (text: Part | undefined): Part | undefined | Promise<Part | undefined> => {
    if (text === '' && !this.#hasLeft) return this.#goOn();
    this.#isBusy = false;
    if (this.#hasLeft) return this.#close().then(() => text || undefined);
    if (text !== undefined) this.#handedOverMs = this.#gateway.clock.monotonicMs();
    return text;
  };

  /** A loop, not one promise within the other: an upstream may send events without any text for an hour. */
  async #goOn(): Promise<Part | undefined> {
    let text: Part | undefined = '';
    try {
      while (text === '' && !this.#hasLeft) text = await this.#step();
    } catch (reason) {
      return this.#breakOff(reason);
    }
    return this.#handOver(text);
  }

  readonly #breakOff = async (reason: unknown): Promise<Part | undefined> => {
    this.#step = this.#end;
    return this.#handOver(this.#errorEvent(await stopBroken(this.#gateway, this.#exchange, reason)));
  };

  async #begin(head: Promise<UpstreamResponse | Failure>): Promise<Part | undefined> {
    const response = await this.#exchange.stopwatch.onOthers(head);
    if (isFailure(response)) return this.#failBeforeAnswer(response);
    const { clock } = this.#gateway;
    this.#events = new EventReader(response.body, clock, this.#exchange.ending, {
      takePiece: this.#relayPiece,
      take: this.#relayEvents,
      broken: this.#relayBroken,
    });
    this.#step = this.#relay;
    return this.#relay();
  }

  /** The upstream's next chunks, as the reader gets them. */
  readonly #relay = (): Promise<Part | undefined> => {
    const events = this.#events;
    if (events === undefined) throw new Error('a stream is relayed before it has begun');
    this.#askedMs = this.#gateway.clock.monotonicMs();
    return events.next();
  };

  /** A piece that only repeats the chunk before with another word; undefined for any other. */
  readonly #relayPiece = (piece: Uint8Array) => {
    const repeat = this.#editor.repeatEvent(piece);
    if (repeat === undefined) return undefined;
    const { meter, stopwatch } = this.#exchange;
    stopwatch.addOthers(this.#gateway.clock.monotonicMs() - this.#askedMs);
    this.#isAccepted = true;
    this.#needsNoMore = false;
    meter.note(repeat.written, undefined);
    stopwatch.firstToken();
    if (!this.#credit.isCovered) return this.#coverPiece(repeat.event);
    this.#credit.checkpointWhenDue();
    return repeat.event;
  };

  async #coverPiece(event: Uint8Array): Promise<Part> {
    const cover = await this.#credit.cover(false);
    if (cover === 'paid') this.#credit.checkpointWhenDue();
    else this.#verdict = cover;
    return this.#relayed(event, this.#verdict);
  }

  readonly #relayEvents = (events: readonly ServerSentEvent[] | undefined) => {
    const { stopwatch } = this.#exchange;
    stopwatch.addOthers(this.#gateway.clock.monotonicMs() - this.#askedMs);
    if (events === undefined) return this.#relayed('', this.#verdictAtEnd());
    const text = this.#takeEvents(events, 0, '');
    return typeof text === 'string' ? this.#relayed(text, this.#verdict) : text.then(this.#relayedLate);
  };

  readonly #relayedLate = (text: string) => this.#relayed(text, this.#verdict);

  readonly #relayBroken = (reason: BrokenStream) => {
    const { stopwatch, ending, id } = this.#exchange;
    stopwatch.addOthers(this.#gateway.clock.monotonicMs() - this.#askedMs);
    if (ending.reason === undefined) this.#gateway.log.warn('upstream-broke', { request: id, reason });
    return this.#relayed('', this.#verdictAtEnd());
  };

  /** Chunks were read; with a verdict they were the last. */
  #relayed<Text extends Part>(text: Text, verdict: Verdict | undefined): Text {
    if (verdict !== undefined) {
      this.#events?.close();
      this.#step = () => this.#finish(verdict);
    }
    return text;
  }

  #verdictAtEnd(): Verdict {
    const { ending } = this.#exchange;
    // Some upstreams close without a [DONE]; the end of every choice says as much.
    if (this.#editor.isFinished && ending.reason !== 'client-gone') return 'whole';
    return ending.reason === undefined ? 'broke' : 'ended';
  }

  async #failBeforeAnswer(failure: Failure): Promise<Part | undefined> {
    this.#step = this.#end;
    await this.#settle(failureEnd(this.#exchange, failure, { charge: false }));
    return this.#exchange.ending.reason === 'client-gone' ? this.#end() : this.#errorEvent(failure);
  }

  /** Settles, then hands over the end of the answer. */
  async #finish(verdict: Verdict): Promise<Part | undefined> {
    this.#step = this.#end;
    const { ending, caller } = this.#exchange;
    if (verdict !== 'whole') ending.stopUpstream();
    if (verdict === 'whole' || verdict === 'beyond-limit') {
      const usage = await this.#settle({ outcome: 'completed', httpStatus: 200, charge: true });
      return this.#editor.end(usage, verdict === 'whole' ? 'stop' : 'length') + DONE_EVENT;
    }
    if (verdict === 'spend-limit-reached') {
      const failure = spendLimitReachedInAnswer();
      const usage = await this.#settle({ outcome: 'cut-limit', httpStatus: 200, failure, charge: true });
      return this.#editor.cut(usage) + this.#errorEvent(failure);
    }
    if (verdict === 'credit-used-up' || verdict === 'ledger-lost') {
      const failure =
        verdict === 'ledger-lost' ? ledgerLostInAnswer() : creditUsedUpInAnswer(caller.organizationId);
      const usage = await this.#settle({ outcome: 'cut-credit', httpStatus: 200, failure, charge: true });
      return this.#editor.cut(usage) + this.#errorEvent(failure);
    }
    const charge = this.#isToBeCharged();
    const failure = charge ? this.#cutFailure() : this.#emptyFailure();
    await this.#settle(failureEnd(this.#exchange, failure, { charge }));
    if (ending.reason === 'client-gone') return this.#end();
    return this.#editor.rest() + this.#errorEvent(failure);
  }

  readonly #end = async (): Promise<undefined> => {
    await this.#close();
    return undefined;
  };

  /** After this nothing happens any more; happens once. */
  async #close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#step = this.#end;
    this.#events?.close();
    try {
      await this.#abandon();
    } finally {
      this.#exchange.ending.over();
    }
  }

  /** If it is not settled the reader has gone: what was made up to now is charged. */
  async #abandon(): Promise<void> {
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

  #errorEvent(failure: Failure): string {
    return dataEvent(writeStreamError(failure, this.#exchange.dialect));
  }

  /**
   * Reads events from `index` on; answers `text` and what is to be handed over of them, and leaves a verdict where they
   * say that this was all. At once, unless the ledger or the tokeniser has to be asked.
   */
  #takeEvents(events: readonly ServerSentEvent[], index: number, text: string): string | Promise<string> {
    this.#isAccepted = true;
    let taken = text;
    for (let at = index; at < events.length; at += 1) {
      taken += this.#takeEvent(events[at] as ServerSentEvent);
      if (this.#verdict !== undefined) return taken;
      if (this.#credit.isCovered) continue;
      return this.#credit.cover(this.#needsNoMore).then((cover) => {
        if (cover === 'paid') return this.#takeEvents(events, at + 1, taken);
        this.#verdict = cover;
        return taken;
      });
    }
    this.#credit.checkpointWhenDue();
    return taken;
  }

  #takeEvent({ event, data }: ServerSentEvent): string {
    const { meter, stopwatch, id, trace } = this.#exchange;
    if (event !== undefined && event !== 'error') return ''; // The protocol has no named events; a page might run them.
    const repeat = event === undefined ? this.#editor.repeat(data) : undefined;
    if (repeat !== undefined) {
      meter.note(repeat.written, undefined);
      stopwatch.firstToken();
      this.#needsNoMore = false;
      return dataEvent(repeat.text);
    }
    const chunk: StreamChunk = event === 'error' ? { kind: 'error' } : readStreamChunk(data);
    if (chunk.kind === 'done') {
      this.#verdict = 'whole';
      return '';
    }
    if (chunk.kind !== 'chunk') {
      this.#gateway.log.warn('upstream-event-bad', { request: id, kind: chunk.kind });
      this.#verdict = this.#editor.isFinished ? 'whole' : 'broke';
      return '';
    }
    meter.note(chunk.written, chunk.usage);
    if (chunk.written !== '') stopwatch.firstToken();
    if (chunk.finishes) trace?.choicesEnded(chunk.value);
    // What is written after every choice has ended belongs to no end: it is paid for like the rest.
    const goesOn = this.#editor.isFinished && chunk.written !== '';
    const text = this.#editor.take(chunk);
    this.#needsNoMore = this.#editor.isFinished && !goesOn;
    return text;
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
