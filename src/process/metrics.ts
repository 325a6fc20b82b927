import { TICKS_PER_USD } from '../domain/money.ts';
import type { RequestRecord } from '../storage/usage-store.ts';

const DURATION_BUCKETS_SECONDS = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];
const OWN_BUCKETS_SECONDS = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5];

const TICKS_IN_A_USD = Number(TICKS_PER_USD);

/** What is counted of one model. */
interface ModelFigures {
  /** By outcome and status, as labels. */
  readonly requests: Map<string, number>;
  inputTokens: number;
  outputTokens: number;
  reasoningTokens: number;
  chargedUsd: number;
  uncollectedUsd: number;
}

/** Figures for Prometheus. Labels come from closed lists and the catalogue, never from a caller's text. */
export class Metrics {
  readonly #models = new Map<string, ModelFigures>();
  readonly #duration = new Histogram(DURATION_BUCKETS_SECONDS);
  readonly #firstToken = new Histogram(DURATION_BUCKETS_SECONDS);
  readonly #own = new Histogram(OWN_BUCKETS_SECONDS);

  observe(record: RequestRecord): void {
    const figures = this.#figuresOf(record.model);
    const ending = `outcome="${record.outcome}",status="${record.httpStatus}"`;
    figures.requests.set(ending, (figures.requests.get(ending) ?? 0) + 1);
    figures.inputTokens += record.usage.inputTokens;
    figures.outputTokens += record.usage.outputTokens;
    figures.reasoningTokens += record.usage.reasoningTokens;
    figures.chargedUsd += Number(record.costTicks) / TICKS_IN_A_USD;
    if (record.uncollectedTicks > 0n)
      figures.uncollectedUsd += Number(record.uncollectedTicks) / TICKS_IN_A_USD;
    this.#duration.add(record.durationMs / 1_000);
    this.#own.add(record.gatewayMs / 1_000);
    if (record.timeToFirstTokenMs !== null) this.#firstToken.add(record.timeToFirstTokenMs / 1_000);
  }

  /** The text of `GET /metrics`. `gauges` are read at this moment. */
  write(gauges: Readonly<Record<string, number>>): string {
    const lines: string[] = [];
    const counter = (
      name: string,
      series: (figures: ModelFigures) => Iterable<readonly [string, number]>,
    ) => {
      if (this.#models.size > 0) lines.push(`# TYPE ${name} counter`);
      for (const [model, figures] of this.#models) {
        for (const [labels, value] of series(figures))
          lines.push(`${name}{${label('model', model)}${labels === '' ? '' : `,${labels}`}} ${value}`);
      }
    };
    counter('turnpike_requests_total', ({ requests }) => requests);
    counter('turnpike_tokens_total', ({ inputTokens, outputTokens, reasoningTokens }) => [
      ['kind="input"', inputTokens],
      ['kind="output"', outputTokens],
      ['kind="reasoning"', reasoningTokens],
    ]);
    counter('turnpike_charged_usd_total', ({ chargedUsd }) => [['', chargedUsd]]);
    counter('turnpike_uncollected_usd_total', ({ uncollectedUsd }) => [['', uncollectedUsd]]);
    this.#duration.write('turnpike_request_duration_seconds', lines);
    this.#firstToken.write('turnpike_time_to_first_token_seconds', lines);
    this.#own.write('turnpike_gateway_seconds', lines);
    for (const [name, value] of Object.entries(gauges))
      lines.push(`# TYPE ${name} gauge`, `${name} ${value}`);
    return `${lines.join('\n')}\n`;
  }

  #figuresOf(model: string): ModelFigures {
    let figures = this.#models.get(model);
    if (figures === undefined) {
      figures = {
        requests: new Map(),
        inputTokens: 0,
        outputTokens: 0,
        reasoningTokens: 0,
        chargedUsd: 0,
        uncollectedUsd: 0,
      };
      this.#models.set(model, figures);
    }
    return figures;
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
    for (let index = 0; index < this.#bounds.length; index += 1) {
      if (value > (this.#bounds[index] as number)) continue;
      this.#counts[index] = (this.#counts[index] ?? 0) + 1;
      return;
    }
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
