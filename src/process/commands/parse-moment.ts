const UNIT_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `30d`, `12h` or `90m` from now; `2026-12-31`, `2026-12-31T18:00` in the person's zone; or with a zone of its own. */
export function parseMoment(written: string, nowMs: number): number | undefined {
  const durationMs = written === '0' ? undefined : parseDuration(written);
  if (durationMs !== undefined) return nowMs + durationMs;
  const [, day, time, zone] =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?))?(Z|[+-]\d{2}:\d{2})?$/.exec(written) ?? [];
  // The 30th of February would roll over into March.
  if (day === undefined || !isDay(day)) return undefined;
  // Without a zone this is local time; a bare date would be read as UTC.
  const atMs = Date.parse(`${day}T${time ?? '00:00'}${zone ?? ''}`);
  return Number.isNaN(atMs) ? undefined : atMs;
}

/** `30d`, `12h`, `90m`, or `0` for none, in milliseconds. */
export function parseDuration(written: string): number | undefined {
  if (written === '0') return 0;
  const [, amount, unit = ''] = /^(\d{1,5})([mhd])$/.exec(written) ?? [];
  return amount === undefined ? undefined : Number(amount) * (UNIT_MS[unit] ?? 0);
}

function isDay(day: string): boolean {
  const startMs = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(startMs) && new Date(startMs).toISOString().startsWith(day);
}
