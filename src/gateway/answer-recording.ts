import { hungUpInAnswer } from '../domain/failure.ts';
import { sleep } from '../ports/clock.ts';
import { DONE_EVENT, dataEvent } from '../protocol/server-sent-events/write-events.ts';
import { writeStreamError } from '../protocol/xai-chat/error.ts';
import type { ClaimName, KeptAnswer } from '../storage/idempotency-store.ts';
import type { PaidExchange } from './exchange.ts';
import type { Gateway, GatewayAnswer } from './gateway.ts';
import { IDEMPOTENCY_LIMITS, KEPT_BODY_BYTES } from './idempotency-limits.ts';
import { BACKGROUND_PAUSES_MS, repeatCommand } from './repeat-command.ts';
import type { AnswerParts, Part } from './stream-answer.ts';

type RecordingPorts = Pick<Gateway, 'idempotency' | 'recordings' | 'clock' | 'log'>;

/** Headers of the moment: a repetition has its own. */
const OF_THE_MOMENT = /^x-(?:request-id$|turnpike-overhead-ms$|ratelimit-)/;

/**
 * The one answer of an idempotency key, on its way to being kept. What was charged is kept; what was not leaves the key
 * free, so that the next attempt is a first one.
 */
export class AnswerRecording {
  readonly #ports: RecordingPorts;
  readonly #claim: ClaimName;

  constructor(ports: RecordingPorts, claim: ClaimName) {
    this.#ports = ports;
    this.#claim = claim;
  }

  /** Keeps a whole answer. */
  keep(model: string, { status, headers, body }: GatewayAnswer & { readonly body: string }): Promise<void> {
    const lasting = Object.entries(headers).filter(([name]) => !OF_THE_MOMENT.test(name));
    // Whoever is longer in UTF-16 is longer in UTF-8.
    const bodyBytes =
      body.length > KEPT_BODY_BYTES ? Number.POSITIVE_INFINITY : new TextEncoder().encode(body).length;
    return this.#complete(
      bodyBytes > KEPT_BODY_BYTES
        ? undefined
        : { model, status, headers: Object.fromEntries(lasting), body, bodyBytes },
    );
  }

  /** It was answered, and the answer is not to be had any more. */
  forget(): Promise<void> {
    return this.#complete(undefined);
  }

  release(): Promise<void> {
    return this.#insist(() => this.#ports.idempotency.release(this.#claim));
  }

  /**
   * The claim was not heard. It may have been made all the same, and it may be made yet: so the key is freed at once, and
   * once more when storage has nothing of it in line any longer.
   */
  async releaseUnheard(): Promise<void> {
    await this.release();
    await sleep(this.#ports.clock, BACKGROUND_PAUSES_MS[0] ?? 0);
    await this.release();
  }

  /** Keeps a stream while its parts are handed on. */
  recordStream(
    exchange: PaidExchange,
    headers: Readonly<Record<string, string>>,
    parts: AnswerParts,
  ): AnswerParts {
    const text = new RecordedText(this.#ports.recordings);
    return new RecordedParts(exchange, parts, text, () => this.#keepStream(exchange, headers, text));
  }

  async #keepStream(
    { ending, model }: PaidExchange,
    headers: Readonly<Record<string, string>>,
    text: RecordedText,
  ): Promise<void> {
    const body = text.read();
    text.giveBack();
    if (!ending.isCharged) await this.release();
    else if (body === undefined) await this.forget();
    else await this.keep(model.id, { status: 200, headers, body });
  }

  #complete(answer: KeptAnswer | undefined): Promise<void> {
    return this.#insist(() => this.#ports.idempotency.complete(this.#claim, answer, IDEMPOTENCY_LIMITS));
  }

  /** One attempt is waited for; the others go on without the caller, whose answer is good all the same. */
  async #insist(command: () => Promise<void>): Promise<void> {
    const { clock, log } = this.#ports;
    const onFailure = () => log.error('idempotency-key-not-ended', { request: this.#claim.requestId });
    const [first = 0, ...others] = BACKGROUND_PAUSES_MS;
    await command().catch(() => {
      onFailure();
      sleep(clock, first)
        .then(() => repeatCommand(clock, others, command, onFailure))
        .catch(() => {}); // Every attempt was reported.
    });
  }
}

/**
 * Hands a stream's parts on and notes them. What comes after the bill waits until all are kept: whoever has seen the end
 * of a stream can have it again.
 */
class RecordedParts implements AnswerParts {
  readonly #exchange: PaidExchange;
  readonly #parts: AnswerParts;
  readonly #text: RecordedText;
  readonly #keep: () => Promise<void>;
  /** A part is being made. */
  #isBusy = false;
  #isOver = false;

  constructor(exchange: PaidExchange, parts: AnswerParts, text: RecordedText, keep: () => Promise<void>) {
    this.#exchange = exchange;
    this.#parts = parts;
    this.#text = text;
    this.#keep = keep;
    // A reader that leaves while a part is made is told of when that has come.
    exchange.ending.onOver(() => {
      if (!this.#isBusy) this.#end('').catch(() => {}); // Whatever can break in it was reported.
    });
  }

  async next(): Promise<string | undefined> {
    // The request is over only now, when its reader has the last part and comes for the end.
    if (this.#isOver) return textOf(await this.#parts.next());
    this.#isBusy = true;
    const part = textOf(await this.#parts.next());
    if (part !== undefined && !this.#exchange.ending.isSettled) {
      this.#isBusy = false;
      this.#text.add(part);
      return part;
    }
    // What comes with the settlement is the last part.
    await this.#end(part ?? '');
    return part;
  }

  leave(): void {
    this.#parts.leave();
  }

  async #end(last: string): Promise<void> {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#text.add(last);
    const { ending, dialect } = this.#exchange;
    if (ending.reason === 'client-gone' && !last.endsWith(DONE_EVENT))
      this.#text.add(dataEvent(writeStreamError(hungUpInAnswer(), dialect)));
    await this.#keep();
  }
}

function textOf(part: Part | undefined): string | undefined {
  return typeof part === 'object' ? new TextDecoder().decode(part) : part;
}

/** What a stream has said so far, as long as there is room for it. */
class RecordedText {
  readonly #room: Gateway['recordings'];
  #parts: string[] | undefined = [];
  #characters = 0;

  constructor(room: Gateway['recordings']) {
    this.#room = room;
  }

  add(part: string): void {
    if (this.#parts === undefined) return;
    const fits = this.#characters + part.length <= KEPT_BODY_BYTES && this.#room.take(part.length);
    if (fits) {
      this.#characters += part.length;
      this.#parts.push(part);
    } else {
      this.giveBack();
    }
  }

  /** Undefined when it was too much. */
  read(): string | undefined {
    return this.#parts?.join('');
  }

  giveBack(): void {
    this.#room.giveBack(this.#characters);
    this.#characters = 0;
    this.#parts = undefined;
  }
}
