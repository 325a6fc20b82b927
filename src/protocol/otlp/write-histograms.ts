import { type Attributes, type Reporter, writeAttributes, writeMoment } from './attributes.ts';

/** One metric with all its series, since `sinceMs`. */
export interface HistogramMetric {
  readonly name: string;
  readonly description: string;
  /** In UCUM, such as `s` or `{token}`. */
  readonly unit: string;
  /** Upper ends of the buckets, included; one more bucket holds what is above the last. */
  readonly bounds: readonly number[];
  readonly series: readonly HistogramSeries[];
}

export interface HistogramSeries {
  readonly attributes: Attributes;
  /** One count more than there are bounds. */
  readonly counts: readonly number[];
  readonly count: number;
  readonly sum: number;
}

/** Everything since the start is told again each time, so a report that is lost costs nothing but its moment. */
const CUMULATIVE = 2;

/** The body of a POST to a collector's `/v1/metrics`. */
export function writeHistograms(
  { resource, scope }: Reporter,
  metrics: readonly HistogramMetric[],
  { sinceMs, atMs }: { readonly sinceMs: number; readonly atMs: number },
): string {
  const span = { startTimeUnixNano: writeMoment(sinceMs), timeUnixNano: writeMoment(atMs) };
  const written = metrics.map(({ name, description, unit, bounds, series }) => ({
    name,
    description,
    unit,
    histogram: {
      aggregationTemporality: CUMULATIVE,
      dataPoints: series.map(({ attributes, counts, count, sum }) => ({
        attributes: writeAttributes(attributes),
        ...span,
        count: String(count),
        sum,
        bucketCounts: counts.map(String),
        explicitBounds: bounds,
      })),
    },
  }));
  return JSON.stringify({
    resourceMetrics: [
      {
        resource: { attributes: writeAttributes(resource) },
        scopeMetrics: [{ scope, metrics: written }],
      },
    ],
  });
}
