import type { RequestDetail } from '../../../src/http/api/wire/requests.ts';

export interface TimePart {
  readonly name: 'queue' | 'gateway' | 'first' | 'answer' | 'upstream' | 'rest';
  readonly fromMs: number;
  readonly ms: number;
}

type TimedRequest = Pick<RequestDetail, 'timing' | 'timeToFirstTokenMs'>;

/**
 * Where the time of a request went, one after another; what took no time is left out. What came after the gateway is
 * the upstream's for an answer in one piece, and the rest where there was no answer.
 */
export function timeParts({ timing, timeToFirstTokenMs }: TimedRequest): TimePart[] {
  const { queuedMs, gatewayMs, firstTokenMs, answerMs } = timing;
  const untold = timeToFirstTokenMs === null ? 'rest' : 'upstream';
  const steps: readonly (readonly [TimePart['name'], number])[] = [
    ['queue', queuedMs],
    ['gateway', gatewayMs],
    ['first', firstTokenMs ?? 0],
    [firstTokenMs === null ? untold : 'answer', answerMs],
  ];
  const parts: TimePart[] = [];
  let fromMs = 0;
  for (const [name, ms] of steps) {
    if (ms > 0) parts.push({ name, fromMs, ms });
    fromMs += ms;
  }
  return parts;
}

/** The moments between parts that have room for their figure: so much of the whole apart from the last one and the end. */
export function timeMarks(parts: readonly TimePart[], leastShare: number): number[] {
  const last = parts.at(-1);
  if (last === undefined) return [];
  const endMs = last.fromMs + last.ms;
  const marks = [0];
  for (const { fromMs } of parts) {
    const before = marks.at(-1) ?? 0;
    if ((fromMs - before) / endMs >= leastShare && (endMs - fromMs) / endMs >= leastShare) marks.push(fromMs);
  }
  return [...marks, endMs];
}
