import { ApiError } from './api-error.ts';
import type { LlamaSequence } from './llama-binding.ts';

/** A place where one call runs; it remembers the prompt that it read last. */
export interface Slot {
  readonly sequence: LlamaSequence;
  /** The tokens of the last prompt that are in the model's memory, in whole pieces. */
  readTokens: readonly number[];
}

export interface SlotLimits {
  /** Calls that may wait for a place. */
  readonly waitingAtMost: number;
  readonly patienceMs: number;
}

export const SLOT_LIMITS: SlotLimits = { waitingAtMost: 64, patienceMs: 300_000 };

interface Waiting {
  readonly prompt: readonly number[];
  readonly take: (slot: Slot) => void;
}

/** Hands out the places, first come, first served. */
export class Slots {
  readonly #free: Slot[];
  readonly #waiting: Waiting[] = [];
  readonly #limits: SlotLimits;

  constructor(sequences: readonly LlamaSequence[], limits: SlotLimits) {
    this.#free = sequences.map((sequence) => ({ sequence, readTokens: [] }));
    this.#limits = limits;
  }

  /** A place for a prompt; rejects when the line is too long, the wait too long, or the caller gone. */
  acquire(prompt: readonly number[], signal: AbortSignal): Promise<Slot> {
    if (signal.aborted) return Promise.reject(signal.reason);
    const slot = this.#takeFree(prompt);
    if (slot !== undefined) return Promise.resolve(slot);
    if (this.#waiting.length >= this.#limits.waitingAtMost) return Promise.reject(busy());
    return new Promise((resolve, reject) => {
      const leave = (error: unknown) => {
        clearTimeout(timer);
        signal.removeEventListener('abort', abort);
        const at = this.#waiting.indexOf(waiting);
        if (at >= 0) this.#waiting.splice(at, 1);
        reject(error);
      };
      const abort = () => leave(signal.reason);
      const timer = setTimeout(() => leave(busy()), this.#limits.patienceMs);
      const waiting: Waiting = {
        prompt,
        take: (freed) => {
          clearTimeout(timer);
          signal.removeEventListener('abort', abort);
          resolve(freed);
        },
      };
      this.#waiting.push(waiting);
      signal.addEventListener('abort', abort, { once: true });
    });
  }

  release(slot: Slot): void {
    this.#free.push(slot);
    const next = this.#waiting.shift();
    if (next === undefined) return;
    const freed = this.#takeFree(next.prompt);
    if (freed !== undefined) next.take(freed);
  }

  /** The free place that knows most of the prompt; of those that know nothing, the one used longest ago. */
  #takeFree(prompt: readonly number[]): Slot | undefined {
    let best: Slot | undefined;
    let bestShared = -1;
    for (const slot of this.#free) {
      const shared = sharedLength(slot.readTokens, prompt);
      if (shared > bestShared) {
        best = slot;
        bestShared = shared;
      }
    }
    if (best !== undefined) this.#free.splice(this.#free.indexOf(best), 1);
    return best;
  }
}

/** How many tokens two lists have in common from their start. */
export function sharedLength(left: readonly number[], right: readonly number[]): number {
  const length = Math.min(left.length, right.length);
  for (let at = 0; at < length; at += 1) {
    if (left[at] !== right[at]) return at;
  }
  return length;
}

function busy(): ApiError {
  return new ApiError(
    503,
    'engine_busy',
    'The local model has more calls than it can take now; please try again.',
  );
}
