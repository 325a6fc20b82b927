import type { RequestTrace } from '../../gateway/request-trace.ts';
import type { Attributes } from '../../protocol/otlp/attributes.ts';
import type { RequestRecord } from '../../storage/usage-store.ts';
import type { Upstream } from '../../upstream/upstream.ts';
import { providerName } from './provider-name.ts';

/** A request that has ended, as the record and its trace tell it. */
export interface FinishedRequest {
  readonly record: RequestRecord;
  readonly trace: RequestTrace;
}

/** What the model call's span and its metrics have in common, by the GenAI conventions. */
export function callAttributes(record: RequestRecord, upstream: Upstream): Attributes {
  return {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': providerName(upstream),
    'gen_ai.request.model': record.model,
    'gen_ai.response.model': record.upstreamModel || undefined,
    'server.address': upstream.address?.host,
    'server.port': upstream.address === undefined ? undefined : BigInt(upstream.address.port),
  };
}

/** What went wrong, from a closed list; undefined when nothing did. */
export function errorType({ outcome, failureCode }: RequestRecord): string | undefined {
  return outcome === 'completed' ? undefined : (failureCode ?? outcome);
}

/** The conventions count reasoning as output. */
export function allOutputTokens({ usage }: RequestRecord): number {
  return usage.outputTokens + usage.reasoningTokens;
}
