import type { CatalogueModel } from '../domain/model-catalogue.ts';
import type { Clock } from '../ports/clock.ts';
import type { Upstream } from '../upstream/upstream.ts';

/** How long an upstream is left alone after its first failure; each further one in a row doubles it. */
const FIRST_REST_MS = 1_000;

/** Also where an upstream asks for more: whoever is well again is found out about within a minute. */
const LONGEST_REST_MS = 60_000;

/** An upstream that has failed for a model and has not answered for it since. */
export interface Trouble {
  readonly channel: string;
  readonly modelId: string;
  readonly failuresInARow: number;
  /** By the clock on the wall: until then others are asked first. */
  readonly restsUntilMs: number;
}

/** As a trouble, with the moment on the clock that does not jump. */
interface Rest extends Trouble {
  readonly untilMonotonicMs: number;
}

/**
 * Which upstreams failed of late, by model: one that is out of order for one name may be well for all others. Who
 * failed rests for a moment, in which those that did not are asked first. Nobody is ever left out: where all rest, the
 * one whose rest ends first is asked.
 */
export class UpstreamHealth {
  readonly #clock: Clock;
  /** By channel and model. Whoever answers again is dropped, so there are no more than channels times models. */
  readonly #rests = new Map<string, Rest>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The same upstreams: those that are well in their own order, then those that rest, by when they may be asked again. */
  inOrder(upstreams: readonly Upstream[], model: CatalogueModel): readonly Upstream[] {
    if (this.#rests.size === 0 || upstreams.length < 2) return upstreams;
    const nowMs = this.#clock.monotonicMs();
    const restsUntil = (upstream: Upstream) => {
      const untilMs = this.#rests.get(nameOf(upstream, model))?.untilMonotonicMs ?? nowMs;
      return Math.max(untilMs, nowMs);
    };
    return [...upstreams].sort((one, other) => restsUntil(one) - restsUntil(other));
  }

  /** It did not answer, or turned a good call away. `askedRestMs` is what it wants to be left alone for. */
  failed(upstream: Upstream, model: CatalogueModel, askedRestMs = 0): void {
    const name = nameOf(upstream, model);
    const failuresInARow = (this.#rests.get(name)?.failuresInARow ?? 0) + 1;
    const ownRestMs = FIRST_REST_MS * 2 ** Math.min(failuresInARow - 1, 16);
    const restMs = Math.min(Math.max(ownRestMs, askedRestMs), LONGEST_REST_MS);
    this.#rests.set(name, {
      channel: upstream.name,
      modelId: model.id,
      failuresInARow,
      restsUntilMs: this.#clock.nowMs() + restMs,
      untilMonotonicMs: this.#clock.monotonicMs() + restMs,
    });
  }

  /** It began to answer: whatever was the matter is over. */
  answered(upstream: Upstream, model: CatalogueModel): void {
    if (this.#rests.size > 0) this.#rests.delete(nameOf(upstream, model));
  }

  /** Who has not answered since a failure. */
  troubles(): Trouble[] {
    return [...this.#rests.values()].map(({ untilMonotonicMs: _, ...trouble }) => trouble);
  }
}

function nameOf(upstream: Upstream, model: CatalogueModel): string {
  return `${upstream.name}\n${model.id}`;
}
