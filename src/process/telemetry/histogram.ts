import type { Attributes } from '../../protocol/otlp/attributes.ts';
import type { HistogramMetric, HistogramSeries } from '../../protocol/otlp/write-histograms.ts';

/** Series of one histogram, OpenTelemetry's own limit. What is beyond it is counted together. */
const SERIES_AT_MOST = 2_000;
const OVERFLOW: Attributes = { 'otel.metric.overflow': true };

interface Series {
  readonly attributes: Attributes;
  readonly counts: number[];
  count: number;
  sum: number;
}

/** How values are distributed, for each set of attributes apart. */
export class Histogram {
  readonly #about: Pick<HistogramMetric, 'name' | 'description' | 'unit' | 'bounds'>;
  readonly #series = new Map<string, Series>();

  constructor(about: Pick<HistogramMetric, 'name' | 'description' | 'unit' | 'bounds'>) {
    this.#about = about;
  }

  add(value: number, attributes: Attributes): void {
    const series = this.#seriesOf(attributes);
    const index = this.#about.bounds.findIndex((bound) => value <= bound);
    const bucket = index < 0 ? this.#about.bounds.length : index;
    series.counts[bucket] = (series.counts[bucket] ?? 0) + 1;
    series.count += 1;
    series.sum += value;
  }

  /** Undefined while there is nothing to tell. */
  read(): HistogramMetric | undefined {
    if (this.#series.size === 0) return undefined;
    const series: HistogramSeries[] = [...this.#series.values()];
    return { ...this.#about, series };
  }

  #seriesOf(attributes: Attributes): Series {
    // No value holds a line break: they come from closed lists, the catalogue and the operator's channels.
    const key = Object.values(attributes).join('\n');
    const known = this.#series.get(key);
    if (known !== undefined) return known;
    const isFull = this.#series.size >= SERIES_AT_MOST;
    if (isFull && attributes !== OVERFLOW) return this.#seriesOf(OVERFLOW);
    const added = { attributes, counts: this.#about.bounds.map(() => 0).concat(0), count: 0, sum: 0 };
    this.#series.set(key, added);
    return added;
  }
}
