/** Below a second in milliseconds, as everywhere. */
export function duration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  return `${(ms / 1_000).toFixed(ms < 10_000 ? 2 : 1)} s`;
}

export function bytes(count: number): string {
  return count < 1_000_000_000
    ? `${Math.round(count / 1_000_000)} MB`
    : `${(count / 1_000_000_000).toFixed(1)} GB`;
}

/** Minutes and seconds of a wait, such as `0:42`. */
export function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
}
