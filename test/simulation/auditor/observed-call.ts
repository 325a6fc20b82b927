import type { ClientPlan, SheetPlan } from '../plan/plan.ts';
import type { KeyRole } from './key-books.ts';
import { type ChatEvent, readChatEvent, StreamReading } from './read-stream.ts';

export interface ReadChatEvent {
  readonly event: ChatEvent;
  /** Of text, all choices together. */
  readonly characters: number;
  readonly piece: number;
  readonly atMs: number;
}

/** What the auditor saw of one upstream call. */
export class ObservedUpstreamCall {
  /** The output limit that the upstream was sent. */
  readonly cap: number | undefined;
  readonly beganMs: number;
  status: number | undefined;
  end: 'closed' | 'reset' | 'aborted' | 'cancelled' | 'crashed' | undefined;
  endedMs = 0;
  /** Events of everything the gateway has read, and at which piece each was complete. */
  readonly events: ReadChatEvent[] = [];
  pieces = 0;
  text = '';
  readonly #reading = new StreamReading();
  readonly #decoder = new TextDecoder();
  readonly #nowMs: () => number;

  constructor(nowMs: () => number, cap: number | undefined) {
    this.#nowMs = nowMs;
    this.beganMs = nowMs();
    this.cap = cap;
  }

  read(bytes: Uint8Array): void {
    this.pieces += 1;
    this.text += this.#decoder.decode(bytes, { stream: true });
    for (const event of this.#reading.push(bytes)) {
      const read = readChatEvent(event);
      const characters = charactersOf(read);
      this.events.push({ event: read, characters, piece: this.pieces, atMs: this.#nowMs() });
    }
  }

  /** When the last events came that another piece than this completed. */
  pieceBeforeMs(piece: number): number | undefined {
    return this.events.findLast((read) => read.piece !== piece)?.atMs;
  }

  /** The first end counts. */
  endAs(how: NonNullable<ObservedUpstreamCall['end']>): void {
    if (this.end !== undefined) return;
    this.end = how;
    this.endedMs = this.#nowMs();
  }
}

export type CauseName = 'client-gone' | 'key-ended' | 'shut-down' | 'crash';

/** All that the auditor saw of one request: from outside, and at the ports. */
export class ObservedCall {
  readonly plan: ClientPlan;
  /** The process that has it; undefined until one took it. */
  owner: string | undefined;
  arrivedMs = 0;
  /** The same on its process's wall clock. */
  arrivedAtMs = 0;
  /** What the replica's catalogue said from when the request came until its hold was asked for. */
  readonly sheets: SheetPlan[] = [];
  readonly upstreams: ObservedUpstreamCall[] = [];
  /** The bodies that its upstreams were sent. */
  sentToUpstream = '';
  /** From outside, in the order in which they happened. */
  readonly causes: { readonly cause: CauseName; readonly atMs: number }[] = [];
  firstHoldMs: number | undefined;
  /** The last command that sets credit aside was refused or not answered. */
  isCoverLost = false;
  /** When what it used was last noted with its hold. */
  lastNoteMs = 0;
  /** Nobody told its process whether its hold was made, so it was turned away. */
  isHoldUnheard = false;
  endIssuedMs: number | undefined;
  /** Times that a command which ends it was answered; and not. */
  endsHeard = 0;
  endsUnheard = 0;
  endHeardMs: number | undefined;
  chargedTokens = 0;
  /** What its process heard of its idempotency key, and whose answer it is then to repeat. */
  keyRole: KeyRole | undefined;
  repeats: string | undefined;

  // What the client has.
  status: number | undefined;
  /** It says that it is the answer of an earlier call. */
  isReplayed = false;
  readonly body = new ReceivedBody();
  leftMs: number | undefined;
  fate: 'open' | 'whole' | 'broken' | 'left' | 'no-server' = 'open';
  overCount = 0;

  constructor(plan: ClientPlan) {
    this.plan = plan;
  }

  get upstream(): ObservedUpstreamCall | undefined {
    return this.upstreams.at(-1);
  }

  has(cause: CauseName): boolean {
    return this.causes.some((one) => one.cause === cause);
  }
}

/** Every byte that reached the client. */
export class ReceivedBody {
  bytes = 0;
  text = '';
  /** Of text, all choices together. */
  characters = 0;
  readonly events: ChatEvent[] = [];
  readonly #reading = new StreamReading();
  readonly #decoder = new TextDecoder();

  take(piece: Uint8Array): void {
    this.bytes += piece.length;
    this.text += this.#decoder.decode(piece, { stream: true });
    for (const event of this.#reading.push(piece)) {
      const read = readChatEvent(event);
      this.characters += charactersOf(read);
      this.events.push(read);
    }
  }
}

function charactersOf(event: ChatEvent): number {
  if (event.kind !== 'chunk') return 0;
  return event.choices.reduce((sum, { content, reasoning }) => sum + content.length + reasoning.length, 0);
}
