import type { RequestRecord } from '../storage/usage-store.ts';

/** As many of the latest answers as make a p95 that means something. */
const KEPT_ANSWERS = 256;

/** Models and channels that are remembered; more than any installation has. */
const MAXIMUM_NAMES = 2_000;

export interface SeenLatency {
  readonly requests: number;
  readonly firstTokenP50Ms: number | null;
  readonly firstTokenP95Ms: number | null;
}

/** How fast models and channels were of late, remembered from every answered request. */
export class LatencyBook {
  readonly #models = new Map<string, number[]>();
  readonly #channels = new Map<string, number[]>();

  observe({
    outcome,
    timeToFirstTokenMs,
    model,
    channel,
  }: Pick<RequestRecord, 'outcome' | 'timeToFirstTokenMs' | 'model' | 'channel'>): void {
    if (outcome !== 'completed' || timeToFirstTokenMs === null) return;
    note(this.#models, model, timeToFirstTokenMs);
    note(this.#channels, channel, timeToFirstTokenMs);
  }

  ofModel(model: string): SeenLatency {
    return seen(this.#models.get(model) ?? []);
  }

  ofChannel(channel: string): SeenLatency {
    return seen(this.#channels.get(channel) ?? []);
  }
}

function note(book: Map<string, number[]>, name: string, ms: number): void {
  const times = book.get(name) ?? [];
  if (times.length === 0 && book.size >= MAXIMUM_NAMES) return;
  book.set(name, times);
  times.push(ms);
  // Twice as many before half of them go: forgetting one at a time would move all the others each time.
  if (times.length >= 2 * KEPT_ANSWERS) times.splice(0, KEPT_ANSWERS);
}

function seen(times: readonly number[]): SeenLatency {
  const sorted = times.slice(-KEPT_ANSWERS).sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? null;
  return { requests: sorted.length, firstTokenP50Ms: at(0.5), firstTokenP95Ms: at(0.95) };
}
