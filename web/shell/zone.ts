/** The time zone that the person has chosen; the browser's own where they have not. */
let chosen: string | undefined;

const BROWSERS = Intl.DateTimeFormat().resolvedOptions().timeZone;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** Shows every time in a zone from now on. One that this browser does not know is left to it. */
export function showIn(zone: string | null): void {
  chosen = zone !== null && isKnown(zone) ? zone : undefined;
}

/** For what `Intl` formats. */
export function inZone(): { readonly timeZone?: string } {
  return chosen === undefined ? {} : { timeZone: chosen };
}

export function zoneName(): string {
  return chosen ?? BROWSERS;
}

/** The browser's own. */
export function browsersZone(): string {
  return BROWSERS;
}

/** `2026-11-29` of the viewer's calendar, as a date field has it. */
export function localDay(atMs: number): string {
  return localText(atMs).slice(0, 10);
}

/** `2026-11-29T14:32` of the viewer's clock, as a field for a moment has it. */
export function localMinute(atMs: number): string {
  return localText(atMs).slice(0, 16);
}

/** The moment that a field names, with or without a time of day; not a number for anything else. */
export function momentOf(written: string): number {
  const asUtcMs = Date.parse(written.includes('T') ? `${written}Z` : `${written}T00:00Z`);
  if (Number.isNaN(asUtcMs)) return asUtcMs;
  const first = asUtcMs - aheadMs(asUtcMs);
  // Once more: the clocks may be changed between the two.
  return asUtcMs - aheadMs(first);
}

/** Midnight of a day, so many days later: not every day has 24 hours. Not a number for what is no day. */
export function startOfDay(day: string, daysLater = 0): number {
  const asUtcMs = Date.parse(`${day}T00:00Z`) + daysLater * DAY_MS;
  if (Number.isNaN(asUtcMs)) return asUtcMs;
  // What was before 1970 is before everything here.
  return Math.max(momentOf(new Date(asUtcMs).toISOString().slice(0, 10)), 0);
}

/** How far the viewer's clock is ahead of UTC. */
function aheadMs(atMs: number): number {
  const seconds = Date.parse(`${localText(atMs)}Z`);
  return Math.round((seconds - atMs) / MINUTE_MS) * MINUTE_MS;
}

/** `2026-11-29T14:32:07`. */
function localText(atMs: number): string {
  // Swedes write days as ISO has them.
  return new Date(atMs).toLocaleString('sv-SE', inZone()).replace(' ', 'T');
}

function isKnown(zone: string): boolean {
  try {
    return Intl.DateTimeFormat('en', { timeZone: zone }) !== undefined;
  } catch {
    return false;
  }
}
