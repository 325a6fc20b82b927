/**
 * The building: what stands on which floor. A file imports from its own folder and from lower floors; neighbours on
 * one floor do not know each other and meet in `process/compose.ts`, which hands each what it needs.
 */
export const FLOORS: ReadonlyMap<string, number> = new Map([
  ['domain', 0],
  ['language', 0],
  ['ports', 1],
  ['protocol', 1],
  ['storage', 2],
  ['upstream', 2],
  ['gateway', 3],
  ['identity', 3],
  ['console', 3],
  ['chat', 3],
  ['payments', 3],
  ['http', 4],
  ['process', 5],
]);

/**
 * Rooms in which nothing reads clock, chance, timers, environment or network of itself, so that a simulation can run
 * them on a clock and with chances of its own, faster than time and twice alike.
 */
export const PURE_ROOMS: ReadonlySet<string> = new Set([
  ...['domain', 'language', 'ports', 'protocol'],
  ...['gateway', 'identity', 'console', 'chat', 'payments'],
]);

/** The folder below `src/` that a file lives in; undefined outside `src/` and for files directly in it. */
export function roomOf(path: string): string | undefined {
  return /^src\/([^/]+)\//.exec(path)?.[1];
}
