/** How exactly it is known when a key was last used. A key in constant use costs one more write a minute. */
const PRECISION_MS = 60_000;

/** True when a use is enough later than the one that was noted last. */
export function isWorthNoting(notedAtMs: number | undefined, atMs: number): boolean {
  return notedAtMs === undefined || atMs >= notedAtMs + PRECISION_MS;
}
