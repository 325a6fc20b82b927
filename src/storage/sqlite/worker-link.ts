import { StorageUnavailable } from '../storage-error.ts';
import { errorOf } from './fault.ts';
import type { Reply } from './group-commit.ts';

/** What a worker is told first. It answers with one `Reply`: ready, or why not. */
export interface WorkerStart {
  readonly path: string;
  readonly busyTimeoutMs: number;
}

/** A worker's whole vocabulary, in: a start, then batches of calls, then the order to close. */
export type WorkerMessage =
  | { readonly start: WorkerStart }
  | { readonly calls: readonly WorkerCall[] }
  | 'close';

/** A method's name and its argument. */
export type WorkerCall = readonly [name: string, argument: unknown];

export interface LinkLimits {
  /** Calls that may wait to be sent; one more is turned away at once. */
  readonly maximumWaiting: number;
  /** Calls that are sent together. */
  readonly maximumBatch: number;
  /** Nobody waits longer for an answer. */
  readonly deadlineMs: number;
}

/** A thread that does not end by then is left to the end of the process. */
const TERMINATE_LIMIT_MS = 1_000;

interface Waiting {
  readonly call: WorkerCall;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly deadlineAtMs: number;
}

/**
 * The main thread's end of a worker. An idle worker gets a call at once; what is called while it is busy waits here
 * and goes with the next batch, so the busier it is the larger its batches. No timer delays anything.
 */
export class WorkerLink {
  readonly #worker: Worker;
  readonly #limits: LinkLimits;
  #waiting: Waiting[] = [];
  /** What the worker has and has not answered. */
  #sent: readonly Waiting[] = [];
  #sending = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #ended: { readonly reason: 'closed' | 'broken'; readonly detail: string } | undefined;
  #whenIdle: (() => void) | undefined;

  private constructor(worker: Worker, limits: LinkLimits) {
    this.#worker = worker;
    this.#limits = limits;
    worker.onmessage = (event: MessageEvent<readonly Reply[]>) => this.#receive(event.data);
    worker.onerror = (event) => this.#break(event.message);
    worker.addEventListener('close', () => this.#break('the worker has stopped'));
  }

  /** Resolves when the worker has opened the database. */
  static async start(url: URL, start: WorkerStart, limits: LinkLimits): Promise<WorkerLink> {
    const worker = new Worker(url);
    const link = new WorkerLink(worker, limits);
    try {
      await new Promise((resolve, reject) =>
        link.#post({ start }, [link.#waitingFor(['start', null], resolve, reject)]),
      );
      return link;
    } catch (error) {
      worker.terminate();
      throw error;
    }
  }

  call(name: string, argument: unknown): Promise<unknown> {
    if (this.#ended !== undefined) {
      return Promise.reject(new StorageUnavailable(this.#ended.reason, 'not-done', this.#ended.detail));
    }
    if (this.#waiting.length >= this.#limits.maximumWaiting) {
      return Promise.reject(
        new StorageUnavailable('overloaded', 'not-done', 'too much waits for the database'),
      );
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push(this.#waitingFor([name, argument], resolve, reject));
      if (this.#sending || this.#sent.length > 0) return;
      // What is called in the same turn goes in the same batch.
      this.#sending = true;
      queueMicrotask(() => this.#send());
    });
  }

  /** Lets what was called finish, takes nothing more, and closes the worker's connection. */
  async close(): Promise<void> {
    if (this.#ended !== undefined) return;
    this.#ended = { reason: 'closed', detail: 'the storage is closed' };
    if (this.#someoneWaits()) {
      await new Promise<void>((resolve) => {
        this.#whenIdle = resolve;
      });
    }
    await new Promise((resolve) => {
      this.#post('close', [this.#waitingFor(['close', null], resolve, resolve)]);
    });
    clearTimeout(this.#timer);
    await this.#terminate();
  }

  /** Resolves when the worker's thread has ended and with it every handle of the file. */
  #terminate(): Promise<void> {
    this.#worker.onerror = null;
    return new Promise((resolve) => {
      const giveUp = setTimeout(resolve, TERMINATE_LIMIT_MS);
      this.#worker.addEventListener('close', () => {
        clearTimeout(giveUp);
        resolve();
      });
      this.#worker.terminate();
    });
  }

  /** False also when all that is left has been given up: its worker may never answer. */
  #someoneWaits(): boolean {
    const nowMs = performance.now();
    return this.#waiting.length > 0 || this.#sent.some((waiting) => waiting.deadlineAtMs > nowMs);
  }

  #waitingFor(call: WorkerCall, resolve: (value: unknown) => void, reject: (error: Error) => void): Waiting {
    const deadlineAtMs = performance.now() + this.#limits.deadlineMs;
    this.#timer ??= setTimeout(() => this.#expire(), this.#limits.deadlineMs);
    return { call, resolve, reject, deadlineAtMs };
  }

  #send(): void {
    this.#sending = false;
    if (this.#waiting.length === 0) {
      this.#whenIdle?.();
      return;
    }
    const batch = this.#waiting.splice(0, this.#limits.maximumBatch);
    this.#post({ calls: batch.map((waiting) => waiting.call) }, batch);
  }

  #post(message: WorkerMessage, batch: readonly Waiting[]): void {
    this.#sent = batch;
    this.#worker.postMessage(message);
  }

  #receive(replies: readonly Reply[]): void {
    const answered = this.#sent;
    this.#sent = [];
    for (const [index, waiting] of answered.entries()) {
      const reply = replies[index] ?? { fault: { kind: 'bug', detail: 'a call without a reply' } };
      if ('fault' in reply) waiting.reject(errorOf(reply.fault));
      else waiting.resolve(reply.value);
    }
    this.#send();
  }

  /** Gives up on what has waited too long. What was not sent yet never will be; of the rest nobody knows. */
  #expire(): void {
    this.#timer = undefined;
    const nowMs = performance.now();
    const late = (waiting: Waiting) => waiting.deadlineAtMs <= nowMs;
    for (const waiting of this.#sent.filter(late)) waiting.reject(lateError('unknown'));
    for (const waiting of this.#waiting.filter(late)) waiting.reject(lateError('not-done'));
    this.#waiting = this.#waiting.filter((waiting) => !late(waiting));
    const next = [...this.#sent.filter((waiting) => !late(waiting)), ...this.#waiting][0];
    if (next !== undefined) this.#timer = setTimeout(() => this.#expire(), next.deadlineAtMs - nowMs);
    else if (this.#waiting.length === 0) this.#whenIdle?.();
  }

  /** The worker is gone. Nothing is sent any more: a halted program is better than one that guesses. */
  #break(detail: string): void {
    const unanswered = this.#sent;
    const unsent = this.#waiting;
    this.#sent = [];
    this.#waiting = [];
    clearTimeout(this.#timer);
    this.#ended ??= { reason: 'broken', detail: `the database worker failed: ${detail}` };
    for (const waiting of unanswered) waiting.reject(new StorageUnavailable('broken', 'unknown', detail));
    for (const waiting of unsent) waiting.reject(new StorageUnavailable('broken', 'not-done', detail));
    this.#whenIdle?.();
  }
}

function lateError(outcome: 'unknown' | 'not-done'): StorageUnavailable {
  return new StorageUnavailable('deadline', outcome, 'the database did not answer in time');
}
