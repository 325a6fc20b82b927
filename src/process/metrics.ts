import { TICKS_PER_USD } from '../domain/money.ts';
import type { RequestRecord } from '../storage/usage-store.ts';

const DURATION_BUCKETS_SECONDS = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];
const OWN_BUCKETS_SECONDS = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5];

/** Figures for Prometheus. Labels come from closed lists and the catalogue, never from a caller's text. */
export class Metrics {
  readonly #counters = new Map<string, Map<string, number>>();
  readonly #duration = new Histogram(DURATION_BUCKETS_SECONDS);
  readonly #firstToken = new Histogram(DURATION_BUCKETS_SECONDS);
  readonly #own = new Histogram(OWN_BUCKETS_SECONDS);

  observe(record: RequestRecord): void {
    const model = label('model', record.model);
    this.#add(
      'turnpike_requests_total',
      `${model},${label('outcome', record.outcome)},status="${record.httpStatus}"`,
      1,
    );
    this.#add('turnpike_tokens_total', `${model},kind="input"`, record.usage.inputTokens);
    this.#add('turnpike_tokens_total', `${model},kind="output"`, record.usage.outputTokens);
    this.#add('turnpike_tokens_total', `${model},kind="reasoning"`, record.usage.reasoningTokens);
    this.#add('turnpike_charged_usd_total', model, Number(record.costTicks) / Number(TICKS_PER_USD));
    this.#add(
      'turnpike_uncollected_usd_total',
      model,
      Number(record.uncollectedTicks) / Number(TICKS_PER_USD),
    );
    this.#duration.add(record.durationMs / 1_000);
    this.#own.add(record.gatewayMs / 1_000);
    if (record.timeToFirstTokenMs !== null) this.#firstToken.add(record.timeToFirstTokenMs / 1_000);
  }

  /** The text of `GET /metrics`. `gauges` are read at this moment. */
  write(gauges: Readonly<Record<string, number>>): string {
    const lines: string[] = [];
    for (const [name, series] of this.#counters) {
      lines.push(`# TYPE ${name} counter`);
      for (const [labels, value] of series) lines.push(`${name}{${labels}} ${value}`);
    }
    this.#duration.write('turnpike_request_duration_seconds', lines);
    this.#firstToken.write('turnpike_time_to_first_token_seconds', lines);
    this.#own.write('turnpike_gateway_seconds', lines);
    for (const [name, value] of Object.entries(gauges))
      lines.push(`# TYPE ${name} gauge`, `${name} ${value}`);
    return `${lines.join('\n')}\n`;
  }

  #add(name: string, labels: string, amount: number): void {
    const series = this.#counters.get(name) ?? new Map<string, number>();
    this.#counters.set(name, series);
    series.set(labels, (series.get(labels) ?? 0) + amount);
  }
}

class Histogram {
  readonly #bounds: readonly number[];
  readonly #counts: number[];
  #sum = 0;
  #count = 0;

  constructor(bounds: readonly number[]) {
    this.#bounds = bounds;
    this.#counts = bounds.map(() => 0);
  }

  add(value: number): void {
    this.#sum += value;
    this.#count += 1;
    const index = this.#bounds.findIndex((bound) => value <= bound);
    if (index >= 0) this.#counts[index] = (this.#counts[index] ?? 0) + 1;
  }

  write(name: string, lines: string[]): void {
    lines.push(`# TYPE ${name} histogram`);
    let below = 0;
    for (const [index, bound] of this.#bounds.entries()) {
      below += this.#counts[index] ?? 0;
      lines.push(`${name}_bucket{le="${bound}"} ${below}`);
    }
    lines.push(
      `${name}_bucket{le="+Inf"} ${this.#count}`,
      `${name}_sum ${this.#sum}`,
      `${name}_count ${this.#count}`,
    );
  }
}

function label(name: string, value: string): string {
  return `${name}="${value.replace(/[\\"\n]/g, '_')}"`;
}
