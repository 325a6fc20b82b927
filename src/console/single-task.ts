import type { Clock } from '../ports/clock.ts';

/** How a long task of the installation stands: an audit, a backup. */
export interface TaskState<Result> {
  readonly state: 'never' | 'running' | 'done' | 'failed';
  readonly startedAtMs: number | null;
  readonly endedAtMs: number | null;
  /** Of the last one that was done. */
  readonly result: Result | undefined;
}

/** A task of which one runs at a time, in the process that started it; whoever asks sees how it stands. */
export class SingleTask<Result> {
  readonly #clock: Pick<Clock, 'nowMs'>;
  readonly #run: () => Promise<Result>;
  readonly #onFailure: (error: unknown) => void;
  #state: TaskState<Result> = { state: 'never', startedAtMs: null, endedAtMs: null, result: undefined };

  constructor(clock: Pick<Clock, 'nowMs'>, run: () => Promise<Result>, onFailure: (error: unknown) => void) {
    this.#clock = clock;
    this.#run = run;
    this.#onFailure = onFailure;
  }

  get state(): TaskState<Result> {
    return this.#state;
  }

  /** False when one runs already. Does not wait for its end. */
  start(): boolean {
    if (this.#state.state === 'running') return false;
    const startedAtMs = this.#clock.nowMs();
    this.#state = { ...this.#state, state: 'running', startedAtMs, endedAtMs: null };
    this.#run().then(
      (result) => this.#end({ state: 'done', result }),
      (error) => {
        this.#onFailure(error);
        this.#end({ state: 'failed' });
      },
    );
    return true;
  }

  #end(how: Partial<TaskState<Result>>): void {
    this.#state = { ...this.#state, ...how, endedAtMs: this.#clock.nowMs() };
  }
}
