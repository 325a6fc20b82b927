import type { RequestTrace } from '../../gateway/request-trace.ts';
import type { HistogramMetric } from '../../protocol/otlp/write-histograms.ts';
import type { RequestRecord } from '../../storage/usage-store.ts';
import { Histogram } from './histogram.ts';
import { allOutputTokens, callAttributes, errorType } from './request-attributes.ts';

/** The GenAI conventions name metrics, units and buckets; the last one is ours. */
export class RequestMetrics {
  readonly #operationDuration = new Histogram({
    name: 'gen_ai.client.operation.duration',
    description: 'GenAI operation duration.',
    unit: 's',
    bounds: [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92],
  });
  readonly #tokenUsage = new Histogram({
    name: 'gen_ai.client.token.usage',
    description: 'Number of input and output tokens used.',
    unit: '{token}',
    bounds: Array.from({ length: 14 }, (_, power) => 4 ** power),
  });
  readonly #timeToFirstToken = new Histogram({
    name: 'gen_ai.server.time_to_first_token',
    description: 'Time to generate first token for successful responses.',
    unit: 's',
    bounds: [0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
  });
  readonly #gatewayDuration = new Histogram({
    name: 'turnpike.gateway.duration',
    description:
      "The gateway's own share: neither waiting in line, nor for the upstream, nor for the reader.",
    unit: 's',
    bounds: [0.0001, 0.00025, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5],
  });

  observe(record: RequestRecord, trace: RequestTrace): void {
    this.#gatewayDuration.add(record.gatewayMs / 1_000, {
      'gen_ai.request.model': record.model || undefined,
      'turnpike.outcome': record.outcome,
    });
    const { upstream, calledAfterMs } = trace;
    if (upstream === undefined || calledAfterMs === undefined) return;

    const call = callAttributes(record, upstream);
    const endedAfterMs = trace.endedAfterMs ?? record.durationMs;
    this.#operationDuration.add((endedAfterMs - calledAfterMs) / 1_000, {
      ...call,
      'error.type': errorType(record),
    });
    const { usage, timeToFirstTokenMs } = record;
    if (usage.inputTokens > 0) {
      this.#tokenUsage.add(usage.inputTokens, { ...call, 'gen_ai.token.type': 'input' });
      this.#tokenUsage.add(allOutputTokens(record), { ...call, 'gen_ai.token.type': 'output' });
    }
    // The first token of a whole answer arrives with its last.
    if (record.streamed && record.outcome === 'completed' && timeToFirstTokenMs !== null)
      this.#timeToFirstToken.add(timeToFirstTokenMs / 1_000, call);
  }

  read(): HistogramMetric[] {
    return [this.#operationDuration, this.#tokenUsage, this.#timeToFirstToken, this.#gatewayDuration].flatMap(
      (histogram) => histogram.read() ?? [],
    );
  }
}
