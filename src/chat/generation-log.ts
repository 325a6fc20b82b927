import type { Clock } from '../ports/clock.ts';
import type { ChatStore, GenerationEvent, GenerationState } from '../storage/chat-store.ts';
import type { Piece } from './answer-reader.ts';

/** A reader sees words this late at most, and a busy server writes this often at most. */
const FLUSH_MS = 80;

/** A silent model, one that reasons in secret, still has a process that lives. */
const SIGN_OF_LIFE_MS = 2_000;

/** Longer than any answer of today's models; the log of one that does not stop ends here. */
export const MAXIMUM_LOG_CHARACTERS = 4_000_000;

/** Writes what a generation brings to its log, in batches, and learns from it when to stop. */
export class GenerationLog {
  text = '';
  reasoning = '';
  readonly #generationId: string;
  readonly #chats: ChatStore;
  readonly #clock: Clock;
  readonly #onStop: (why: Exclude<GenerationState, 'running'>) => void;
  readonly #onWritten: () => void;
  #pending: Piece[] = [];
  #lastNumber = 0;
  #cancel: () => void;
  #writing: Promise<void> = Promise.resolve();
  #failure: unknown;

  constructor(
    generationId: string,
    { chats, clock }: { readonly chats: ChatStore; readonly clock: Clock },
    onStop: (why: Exclude<GenerationState, 'running'>) => void,
    onWritten: () => void,
  ) {
    this.#generationId = generationId;
    this.#chats = chats;
    this.#clock = clock;
    this.#onStop = onStop;
    this.#onWritten = onWritten;
    this.#cancel = clock.after(SIGN_OF_LIFE_MS, () => this.#flush());
  }

  /** True when nothing more may be added. */
  get isFull(): boolean {
    return this.text.length + this.reasoning.length > MAXIMUM_LOG_CHARACTERS;
  }

  add(pieces: readonly Piece[]): void {
    if (pieces.length === 0) return;
    const wasEmpty = this.#pending.length === 0;
    for (const piece of pieces) {
      this[piece.kind] += piece.text;
      const last = this.#pending.at(-1);
      if (last?.kind === piece.kind)
        this.#pending[this.#pending.length - 1] = { ...piece, text: last.text + piece.text };
      else this.#pending.push(piece);
    }
    if (!wasEmpty) return;
    this.#cancel();
    this.#cancel = this.#clock.after(FLUSH_MS, () => this.#flush());
  }

  /**
   * Writes what is left; answers the number of the event that is to tell of the end. Rejects when the storage did not
   * take all that was added.
   */
  async close(): Promise<number> {
    this.#cancel();
    await this.#writing;
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#pending.length > 0) await this.#write();
    return this.#lastNumber + 1;
  }

  #flush(): void {
    // One after the other: a slow disk makes batches larger and not more.
    this.#writing = this.#write().then(
      () => {
        const wait = this.#pending.length > 0 ? FLUSH_MS : SIGN_OF_LIFE_MS;
        this.#cancel();
        this.#cancel = this.#clock.after(wait, () => this.#flush());
      },
      (reason) => {
        this.#failure = reason;
        this.#onStop('over');
      },
    );
  }

  async #write(): Promise<void> {
    const before = this.#lastNumber;
    const events = this.#pending.map((piece, at): GenerationEvent => ({ ...piece, number: before + at + 1 }));
    this.#lastNumber += events.length;
    this.#pending = [];
    const state = await this.#chats.append(this.#generationId, events, this.#clock.nowMs());
    this.#onWritten();
    if (state !== 'running') this.#onStop(state);
  }
}
