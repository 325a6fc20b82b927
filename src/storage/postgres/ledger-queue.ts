import { StorageUnavailable } from '../storage-error.ts';

export interface QueueLimits {
  /** Commands that may wait; one more is turned away at once. */
  readonly maximumWaiting: number;
  /** Commands that go together. */
  readonly maximumBatch: number;
  /** Nobody waits longer for an answer. */
  readonly deadlineMs: number;
}

/** What became of one command of a batch. */
export type Reply = { readonly value: unknown } | { readonly error: Error };

interface Waiting<Command> {
  readonly command: Command;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly deadlineAtMs: number;
}

export interface QueueParts<Command> {
  readonly limits: QueueLimits;
  /** Carries commands out and answers each in its place. */
  readonly carryOut: (commands: readonly Command[]) => Promise<readonly Reply[]>;
  /** Ends what is under way, whatever becomes of it: the caller waits no longer. */
  readonly abandon: () => void;
}

/**
 * Commands on their way to the database. One that comes alone goes at once; what comes while a batch is under way goes
 * with the next one, so that a crowd shares a transaction and its sync of the disk. No timer delays anything.
 */
export class LedgerQueue<Command> {
  readonly #parts: QueueParts<Command>;
  #waiting: Waiting<Command>[] = [];
  #sent: readonly Waiting<Command>[] = [];
  #scheduled = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;
  #whenIdle: (() => void) | undefined;

  constructor(parts: QueueParts<Command>) {
    this.#parts = parts;
  }

  call(command: Command): Promise<unknown> {
    const { maximumWaiting, deadlineMs } = this.#parts.limits;
    if (this.#closed) return Promise.reject(unavailable('closed', 'not-done'));
    if (this.#waiting.length >= maximumWaiting) return Promise.reject(unavailable('overloaded', 'not-done'));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ command, resolve, reject, deadlineAtMs: performance.now() + deadlineMs });
      this.#timer ??= setTimeout(() => this.#expire(), deadlineMs);
      if (this.#scheduled || this.#sent.length > 0) return;
      // What is called in the same turn goes in the same batch.
      this.#scheduled = true;
      queueMicrotask(() => this.#send());
    });
  }

  /** Takes nothing more and lets what was called finish, each within its deadline. */
  async close(): Promise<void> {
    this.#closed = true;
    if (this.#waiting.length > 0 || this.#sent.length > 0) {
      await new Promise<void>((resolve) => {
        this.#whenIdle = resolve;
      });
    }
    clearTimeout(this.#timer);
  }

  #send(): void {
    this.#scheduled = false;
    const batch = this.#waiting.splice(0, this.#parts.limits.maximumBatch);
    if (batch.length === 0) {
      this.#whenIdle?.();
      return;
    }
    this.#sent = batch;
    this.#parts.carryOut(batch.map(({ command }) => command)).then(
      (replies) => this.#answer(batch, replies),
      (error: Error) =>
        this.#answer(
          batch,
          batch.map(() => ({ error })),
        ),
    );
  }

  #answer(batch: readonly Waiting<Command>[], replies: readonly Reply[]): void {
    for (const [index, waiting] of batch.entries()) {
      const reply = replies[index] ?? { error: new Error('a command without a reply') };
      if ('error' in reply) waiting.reject(reply.error);
      else waiting.resolve(reply.value);
    }
    this.#sent = [];
    this.#send();
  }

  /** Gives up on what has waited too long. What was not sent yet never will be; of the rest nobody knows. */
  #expire(): void {
    this.#timer = undefined;
    const nowMs = performance.now();
    const isLate = ({ deadlineAtMs }: Waiting<Command>) => deadlineAtMs <= nowMs;
    const lateAndSent = this.#sent.filter(isLate);
    for (const waiting of lateAndSent) waiting.reject(unavailable('deadline', 'unknown'));
    for (const waiting of this.#waiting.filter(isLate)) waiting.reject(unavailable('deadline', 'not-done'));
    this.#waiting = this.#waiting.filter((waiting) => !isLate(waiting));
    if (lateAndSent.length > 0) this.#parts.abandon();
    const next = [...this.#sent, ...this.#waiting].find((waiting) => !isLate(waiting));
    if (next !== undefined) this.#timer = setTimeout(() => this.#expire(), next.deadlineAtMs - nowMs);
  }
}

const SENTENCES = {
  closed: 'the storage is closed',
  overloaded: 'too much waits for the database',
  deadline: 'the database did not answer in time',
} as const;

function unavailable(reason: keyof typeof SENTENCES, outcome: 'not-done' | 'unknown'): StorageUnavailable {
  return new StorageUnavailable(reason, outcome, SENTENCES[reason]);
}
