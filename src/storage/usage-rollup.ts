import type { TokenUsage } from '../domain/usage.ts';
import type { DailyUsage, RequestOutcome, RequestRecord } from './usage-store.ts';

/** The UTC day of a moment, `2026-11-22`. */
export function usageDay(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 10);
}

const HOUR_MS = 3_600_000;

/** The hour of a moment, counted from the epoch. */
export function usageHour(atMs: number): number {
  return Math.floor(atMs / HOUR_MS);
}

/** True for a request that did not get its answer and whose reason was not its caller's own hanging up. */
export function countsAsFailed(outcome: RequestOutcome): boolean {
  return FAILED_OUTCOMES.includes(outcome);
}

export const FAILED_OUTCOMES: readonly RequestOutcome[] = [
  'upstream-broke',
  'failed',
  'refused',
  'shut-down',
  'interrupted',
];

/** The day's figures after one more request; `day` is undefined for the first. */
export function addToDay(day: DailyUsage | undefined, record: RequestRecord): DailyUsage {
  return {
    day: usageDay(record.atMs),
    organizationId: record.organizationId,
    keyId: record.keyId,
    model: record.model,
    requests: (day?.requests ?? 0) + 1,
    failedRequests: (day?.failedRequests ?? 0) + (countsAsFailed(record.outcome) ? 1 : 0),
    usage: day === undefined ? record.usage : addUsage(day.usage, record.usage),
    costTicks: (day?.costTicks ?? 0n) + record.costTicks,
  };
}

function addUsage(a: TokenUsage, b: TokenUsage): TokenUsage {
  return {
    inputTokens: a.inputTokens + b.inputTokens,
    cachedInputTokens: a.cachedInputTokens + b.cachedInputTokens,
    imageInputTokens: a.imageInputTokens + b.imageInputTokens,
    audioInputTokens: a.audioInputTokens + b.audioInputTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    reasoningTokens: a.reasoningTokens + b.reasoningTokens,
  };
}
