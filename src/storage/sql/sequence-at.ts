/**
 * Rows are numbered in the order in which they were written, and times are of what they tell of: a request's number may
 * lie this much later than its arrival. No answer takes longer. Whoever looks for a span of time looks through this much
 * more on both sides.
 */
export const SLACK_MS = 3_600_000;

const MAXIMUM_SEQUENCE = 9_000_000_000_000_000_000n;

/**
 * The number of the last row before a moment, about: to within the slack; 0 before the first. Found by halving with
 * `upTo`, which answers the last row with a number of at most so much, so that last year's page costs what today's does
 * and no index of times is needed.
 */
export async function lastBefore(
  atMs: number,
  upTo: (sequence: bigint) => Promise<{ readonly sequence: bigint; readonly at_ms: bigint } | undefined>,
): Promise<bigint> {
  const last = await upTo(MAXIMUM_SEQUENCE);
  if (last === undefined || Number(last.at_ms) < atMs) return last?.sequence ?? 0n;
  let [low, high] = [0n, last.sequence];
  while (low < high) {
    const middle = (low + high) / 2n;
    const row = await upTo(middle);
    if (row === undefined || Number(row.at_ms) < atMs) low = middle + 1n;
    else high = row.sequence === 0n ? 0n : row.sequence - 1n;
  }
  return low;
}

export function smaller(a: bigint | undefined, b: bigint | undefined): bigint | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a < b ? a : b;
}
