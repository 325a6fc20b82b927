import { RequestTrace } from '../../gateway/request-trace.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { Random } from '../../ports/random.ts';
import type { Reporter } from '../../protocol/otlp/attributes.ts';
import { writeHistograms } from '../../protocol/otlp/write-histograms.ts';
import { writeSpans } from '../../protocol/otlp/write-spans.ts';
import type { RequestRecord } from '../../storage/usage-store.ts';
import { Collector } from './collector.ts';
import { placeInTrace } from './place-in-trace.ts';
import type { FinishedRequest } from './request-attributes.ts';
import { RequestMetrics } from './request-metrics.ts';
import { requestSpans } from './request-spans.ts';
import { SpanQueue } from './span-queue.ts';
import type { TelemetrySettings } from './telemetry-settings.ts';

const SPAN_ID_BYTES = 8;

/** What is still to be told at the end is told within this, or never. */
const LAST_REPORTS_MS = 2_000;

export interface TelemetryParts {
  readonly settings: TelemetrySettings;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly version: string;
}

/**
 * Traces and metrics for an OpenTelemetry collector. Spans are made of what is known when a request has ended, in the
 * background; a request waits for nothing of it, and a collector that is away costs a bounded queue and a warning.
 */
export class Telemetry {
  readonly #parts: TelemetryParts;
  readonly #reporter: Reporter;
  readonly #collector: Collector;
  readonly #spans: SpanQueue;
  readonly #metrics = new RequestMetrics();
  readonly #sinceMs: number;
  #cancelTimer = () => {};
  #isClosed = false;

  constructor(parts: TelemetryParts) {
    const { settings, clock, random, log, version } = parts;
    this.#parts = parts;
    this.#reporter = {
      resource: {
        'service.name': settings.serviceName,
        'service.version': version,
        'service.instance.id': random.uuid(),
      },
      scope: { name: 'turnpike', version },
    };
    this.#collector = new Collector(settings, clock, log);
    this.#spans = new SpanQueue({
      clock,
      delayMs: settings.spanDelayMs,
      send: (batch) => this.#sendSpans(batch),
      lose: (requests) => this.#collector.lose(requests),
    });
    this.#sinceMs = clock.nowMs();
    this.#reportLater();
  }

  /** Requests whose spans the collector will never see. */
  get lost(): number {
    return this.#collector.lost;
  }

  /** A request has arrived. */
  begin(
    request: Pick<Request, 'headers' | 'url'>,
    { requestId, arrivedMs }: { readonly requestId: string; readonly arrivedMs: number },
  ): RequestTrace {
    const { clock, settings } = this.#parts;
    return new RequestTrace(clock, placeInTrace(request, requestId, settings.sampling), arrivedMs);
  }

  /** It has ended. */
  observe(record: RequestRecord, trace: RequestTrace): void {
    this.#metrics.observe(record, trace);
    if (trace.place.isSampled) this.#spans.add({ record, trace });
  }

  /** Tells what is still untold, within two seconds. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancelTimer();
    const stopWaiting = this.#parts.clock.after(LAST_REPORTS_MS, () => this.#collector.close());
    await Promise.all([this.#spans.close(), this.#sendMetrics()]);
    stopWaiting();
    this.#collector.close();
  }

  #reportLater(): void {
    if (this.#isClosed) return;
    const { clock, settings } = this.#parts;
    this.#cancelTimer = clock.after(settings.metricIntervalMs, () => {
      void this.#sendMetrics().finally(() => this.#reportLater());
    });
  }

  #sendSpans(batch: readonly FinishedRequest[]) {
    const { random } = this.#parts;
    const newSpanId = () => Buffer.from(random.bytes(SPAN_ID_BYTES)).toString('hex');
    const spans = batch.flatMap((request) => requestSpans(request, newSpanId));
    return this.#collector.send('traces', writeSpans(this.#reporter, spans));
  }

  async #sendMetrics(): Promise<void> {
    const metrics = this.#metrics.read();
    if (metrics.length === 0) return;
    const span = { sinceMs: this.#sinceMs, atMs: this.#parts.clock.nowMs() };
    await this.#collector.send('metrics', writeHistograms(this.#reporter, metrics, span));
  }
}
