/** Text that may be shown, and whether a stop string has ended it. */
export interface Scanned {
  readonly text: string;
  readonly stopped: boolean;
}

/**
 * Cuts a text before the first stop string, also when the string arrives in pieces: what could be its
 * beginning is held back until it is known not to be.
 */
export class StopScanner {
  readonly #stops: readonly string[];
  readonly #longestChars: number;
  #held = '';

  constructor(stops: readonly string[]) {
    this.#stops = stops;
    this.#longestChars = Math.max(0, ...stops.map((stop) => stop.length));
  }

  /** `isLast` gives up what is held back. */
  push(piece: string, isLast: boolean): Scanned {
    if (this.#longestChars === 0) return { text: piece, stopped: false };
    const text = this.#held + piece;
    const cuts = this.#stops.map((stop) => text.indexOf(stop)).filter((at) => at >= 0);
    if (cuts.length > 0) return { text: text.slice(0, Math.min(...cuts)), stopped: true };
    const keep = isLast ? 0 : this.#heldBack(text);
    this.#held = text.slice(text.length - keep);
    return { text: text.slice(0, text.length - keep), stopped: false };
  }

  /** The length of the longest end of the text that begins a stop string. */
  #heldBack(text: string): number {
    for (let length = Math.min(text.length, this.#longestChars - 1); length > 0; length -= 1) {
      const end = text.slice(text.length - length);
      if (this.#stops.some((stop) => stop.startsWith(end))) return length;
    }
    return 0;
  }
}
