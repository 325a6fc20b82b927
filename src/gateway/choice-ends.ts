import { isJsonObject, type JsonObject } from '../protocol/parse-json.ts';

/** Which choices of a streamed answer are open and which have ended. */
export class ChoiceEnds {
  readonly #asked: number;
  readonly #open = new Set<number>();
  readonly #ended = new Set<number>();
  readonly #calledTools = new Set<number>();

  constructor(asked: number) {
    this.#asked = asked;
  }

  /** True when as many choices have ended as were asked for. */
  get haveAllEnded(): boolean {
    return this.#ended.size >= this.#asked;
  }

  note(chunk: JsonObject): void {
    if (!Array.isArray(chunk.choices)) return;
    for (const choice of chunk.choices) {
      if (!isJsonObject(choice)) continue;
      const index = choice.index ?? 0;
      // Choices that nobody asked for are relayed and not kept account of, so that there is a bound.
      if (typeof index !== 'number' || index < 0 || index >= this.#asked) continue;
      if (typeof choice.finish_reason === 'string' && choice.finish_reason !== '') this.#ended.add(index);
      this.#open.add(index);
      const delta = choice.delta;
      if (isJsonObject(delta) && Array.isArray(delta.tool_calls) && delta.tool_calls.length > 0)
        this.#calledTools.add(index);
    }
  }

  /**
   * Ends, as choices of a chunk, for those that began and did not end; for the first one when none ever began. One
   * that called tools and stopped did so for their results, whatever its upstream forgot to say.
   */
  missing(reason: 'stop' | 'length'): JsonObject[] {
    const begun = this.#open.size === 0 ? [0] : [...this.#open];
    return begun
      .filter((index) => !this.#ended.has(index))
      .map((index) => ({
        index,
        delta: {},
        finish_reason: reason === 'stop' && this.#calledTools.has(index) ? 'tool_calls' : reason,
      }));
  }
}
