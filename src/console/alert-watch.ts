import type { Clock } from '../ports/clock.ts';

/** A letter that comes a minute late is early enough, and a team that makes a thousand calls in it is looked at once. */
const EVERY_MS = 60_000;

/** Teams whose money moved in one minute; of more, some are looked at when theirs moves again. */
const MOST_WAITING = 5_000;

export interface AlertWatchParts {
  readonly clock: Pick<Clock, 'after'>;
  /** Looks at the lines of one team. */
  readonly look: (organizationId: string) => Promise<void>;
  readonly onFailure: (error: unknown) => void;
}

/** Looks at the lines of the teams whose money has moved, one after the other and never while a call waits for it. */
export class AlertWatch {
  readonly #parts: AlertWatchParts;
  readonly #waiting = new Set<string>();
  #cancel: (() => void) | undefined;
  #isClosed = false;

  constructor(parts: AlertWatchParts) {
    this.#parts = parts;
  }

  /** A team's money has moved. */
  moved(organizationId: string): void {
    if (this.#isClosed || this.#waiting.size >= MOST_WAITING) return;
    this.#waiting.add(organizationId);
    this.#cancel ??= this.#lookLater();
  }

  close(): void {
    this.#isClosed = true;
    this.#cancel?.();
  }

  async #lookAtAll(): Promise<void> {
    const teams = [...this.#waiting];
    this.#waiting.clear();
    for (const organizationId of teams) {
      if (this.#isClosed) return;
      await this.#parts.look(organizationId).catch(this.#parts.onFailure);
    }
    // Whose money has moved meanwhile is looked at in another minute.
    this.#cancel = this.#waiting.size > 0 ? this.#lookLater() : undefined;
  }

  #lookLater(): () => void {
    return this.#parts.clock.after(EVERY_MS, () => void this.#lookAtAll());
  }
}
