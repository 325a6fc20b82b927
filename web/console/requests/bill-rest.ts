import type { RequestDetail } from '../../../src/http/api/wire/requests.ts';

/** What the lines of a bill come to, and what of it was not charged, and not for lack of credit. */
export function billRest({ lines, costTicks, uncollectedTicks }: RequestDetail['bill']): {
  readonly uncollected: bigint;
  readonly forgiven: bigint;
} {
  const uncollected = BigInt(uncollectedTicks);
  if (lines.length === 0) return { uncollected, forgiven: 0n };
  const listed = lines.reduce((sum, line) => sum + BigInt(line.costTicks), 0n);
  return { uncollected, forgiven: listed - BigInt(costTicks) - uncollected };
}
