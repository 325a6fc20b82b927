import { type Clock, within } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { Mail, MailFailure, MailFault } from '../../ports/mailer.ts';

/** Letters that may wait; beyond it they are dropped, and that is logged. Nobody fills memory by asking for letters. */
const WAITING_AT_MOST = 500;

/** Between the tries of one letter. What a person waits for is of no use much later. */
const PAUSES_MS = [2_000, 15_000, 60_000];

/** One try, whatever the mail server does. */
export const ATTEMPT_MS = 30_000;

/** A stop waits this long for what is still to be sent. */
const CLOSING_MS = 5_000;

/** Trying again changes nothing about these. */
const FINAL: ReadonlySet<MailFault> = new Set(['refused', 'not-signed-in', 'not-trusted', 'not-writable']);

export interface MailQueueParts {
  readonly clock: Clock;
  readonly log: Log;
  /** Never rejects. */
  readonly send: (mail: Mail) => Promise<'sent' | MailFailure>;
}

interface Waiting {
  readonly mail: Mail;
  tries: number;
}

/** Letters on their way, one after the other; a letter that failed lets the others go first. */
export class MailQueue {
  readonly #parts: MailQueueParts;
  readonly #waiting: Waiting[] = [];
  readonly #pauses = new Set<() => void>();
  #sending: Promise<void> | undefined;
  #isClosing = false;

  constructor(parts: MailQueueParts) {
    this.#parts = parts;
  }

  add(mail: Mail): void {
    this.#enqueue({ mail, tries: 0 });
  }

  /** Gives what waits a last try each, for as long as a stop can wait. */
  async close(): Promise<void> {
    this.#isClosing = true;
    for (const resume of [...this.#pauses]) resume();
    await within(this.#parts.clock, CLOSING_MS, this.#sending ?? Promise.resolve());
    const lost = this.#waiting.splice(0).length;
    if (lost > 0) this.#parts.log.warn('mail-lost', { letters: lost, why: 'stopped' });
  }

  #enqueue(waiting: Waiting): void {
    if (this.#waiting.length + this.#pauses.size >= WAITING_AT_MOST) {
      this.#parts.log.warn('mail-lost', { letters: 1, why: 'too-many-wait' });
      return;
    }
    this.#waiting.push(waiting);
    this.#sending ??= this.#sendAll();
  }

  async #sendAll(): Promise<void> {
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      next.tries += 1;
      const outcome = await this.#parts.send(next.mail);
      if (outcome !== 'sent') this.#failed(next, outcome);
    }
    this.#sending = undefined;
  }

  #failed(waiting: Waiting, { fault, answer }: MailFailure): void {
    const pauseMs = PAUSES_MS[waiting.tries - 1];
    const isLost = pauseMs === undefined || FINAL.has(fault) || this.#isClosing;
    this.#parts.log.warn(isLost ? 'mail-lost' : 'mail-delayed', { letters: 1, why: fault, answer });
    if (isLost) return;
    const resume = () => {
      cancel();
      this.#pauses.delete(resume);
      this.#enqueue(waiting);
    };
    const cancel = this.#parts.clock.after(pauseMs, resume);
    this.#pauses.add(resume);
  }
}
