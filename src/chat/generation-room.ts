/** The generations of this process: to be stopped, waited for, and told of by those who read along. */
export class GenerationRoom {
  readonly #open = new Map<string, { readonly stop: AbortController; readonly over: Promise<void> }>();
  readonly #listeners = new Map<string, Set<() => void>>();
  #isClosed = false;

  get isClosed(): boolean {
    return this.#isClosed;
  }

  enter(generationId: string, stop: AbortController, over: Promise<void>): void {
    this.#open.set(generationId, { stop, over });
    void over.finally(() => this.#open.delete(generationId));
  }

  /** Stops one at once, if it is here. */
  stop(generationId: string): void {
    this.#open.get(generationId)?.stop.abort('stopped');
  }

  /** Tells readers that there is something new in a log. */
  tell(generationId: string): void {
    for (const listener of this.#listeners.get(generationId) ?? []) listener();
  }

  /** Calls `listener` whenever a log of this process has grown. The answer ends it. */
  listen(generationId: string, listener: () => void): () => void {
    const listeners = this.#listeners.get(generationId) ?? new Set();
    listeners.add(listener);
    this.#listeners.set(generationId, listeners);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#listeners.delete(generationId);
    };
  }

  /** Ends all, each with what it has, and lets none begin. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const open = [...this.#open.values()];
    for (const { stop } of open) stop.abort('cut');
    await Promise.allSettled(open.map(({ over }) => over));
  }
}
