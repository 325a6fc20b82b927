/** A span as a collector sees it, its attributes as an object. */
export interface ReceivedSpan {
  readonly name: string;
  readonly kind: number;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly status: { readonly code: number };
  readonly facts: Readonly<Record<string, unknown>>;
}

/** A series of a histogram as a collector sees it. */
export interface ReceivedSeries {
  readonly metric: string;
  readonly unit: string;
  readonly count: number;
  readonly sum: number;
  readonly bucketCounts: readonly string[];
  readonly explicitBounds: readonly number[];
  readonly facts: Readonly<Record<string, unknown>>;
}

interface Value {
  readonly stringValue?: string;
  readonly intValue?: string;
  readonly doubleValue?: number;
  readonly boolValue?: boolean;
  readonly arrayValue?: { readonly values: readonly Value[] };
}

/** A real OTLP/HTTP receiver on loopback that keeps all it gets. `answer` decides what it says. */
export function startCollector(
  answer: (path: string) => Promise<Response> | Response = () => Response.json({}),
) {
  const bodies: { path: string; headers: Headers; text: string }[] = [];
  const server = Bun.serve({
    hostname: '127.0.0.1',
    port: 0,
    async fetch(request) {
      const path = new URL(request.url).pathname;
      bodies.push({ path, headers: request.headers, text: await request.text() });
      return await answer(path);
    },
  });
  const parsed = (path: string) =>
    bodies.filter((body) => body.path === path).map(({ text }) => JSON.parse(text));
  return {
    url: `http://127.0.0.1:${server.port}`,
    bodies,
    spans: (): ReceivedSpan[] =>
      parsed('/v1/traces')
        .flatMap(({ resourceSpans }) => resourceSpans)
        .flatMap(({ scopeSpans }) => scopeSpans)
        .flatMap(({ spans }) => spans)
        .map((span) => ({ ...span, facts: factsOf(span.attributes) })),
    /** As the last report has them. */
    series: (): ReceivedSeries[] =>
      (parsed('/v1/metrics').at(-1)?.resourceMetrics ?? [])
        .flatMap((one: { scopeMetrics: unknown[] }) => one.scopeMetrics)
        .flatMap((one: { metrics: unknown[] }) => one.metrics)
        .flatMap((metric: { name: string; unit: string; histogram: { dataPoints: Point[] } }) =>
          metric.histogram.dataPoints.map((point) => ({
            ...point,
            metric: metric.name,
            unit: metric.unit,
            count: Number(point.count),
            facts: factsOf(point.attributes),
          })),
        ),
    stop: () => server.stop(true),
  };
}

interface Point {
  readonly count: string;
  readonly sum: number;
  readonly bucketCounts: readonly string[];
  readonly explicitBounds: readonly number[];
  readonly attributes: readonly { key: string; value: Value }[];
}

function factsOf(attributes: readonly { key: string; value: Value }[]): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, readValue(value)]));
}

function readValue(value: Value): unknown {
  if (value.arrayValue !== undefined) return value.arrayValue.values.map(readValue);
  if (value.intValue !== undefined) return Number(value.intValue);
  return value.stringValue ?? value.doubleValue ?? value.boolValue;
}
