/** Errands that may wait. Beyond it they are dropped: the person asks again, and memory stays bounded. */
const WAITING_AT_MOST = 200;

/**
 * Work that is done after the answer, one piece after the other. Whoever asked learns nothing from how long it takes, or
 * from whether there was anything to do.
 */
export class Errands {
  readonly #onFailure: (error: unknown) => void;
  #waiting = 0;
  #last: Promise<void> = Promise.resolve();

  constructor(onFailure: (error: unknown) => void) {
    this.#onFailure = onFailure;
  }

  add(run: () => Promise<void>): void {
    if (this.#waiting >= WAITING_AT_MOST) {
      this.#onFailure(new Error('more letters are asked for than can be written'));
      return;
    }
    this.#waiting += 1;
    this.#last = this.#last.then(() => this.#carryOut(run));
  }

  async #carryOut(run: () => Promise<void>): Promise<void> {
    try {
      await run();
    } catch (error) {
      this.#onFailure(error);
    } finally {
      this.#waiting -= 1;
    }
  }
}
