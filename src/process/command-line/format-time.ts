/** Writes moments in a person's own zone, `2026-11-22 14:03:05`. */
export interface TimeFormat {
  /** `Asia/Shanghai (UTC+08:00)`: said once beside the times. */
  readonly zone: string;
  format(atMs: number): string;
}

export function timeFormat(timeZone: string | undefined, nowMs: number): TimeFormat {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  const format = (atMs: number) => {
    const part = Object.fromEntries(parts.formatToParts(atMs).map(({ type, value }) => [type, value]));
    return `${part.year}-${part.month}-${part.day} ${part.hour}:${part.minute}:${part.second}`;
  };
  return { zone: nameOf(timeZone, nowMs), format };
}

function nameOf(timeZone: string | undefined, nowMs: number): string {
  const offset = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  const name = offset.resolvedOptions().timeZone;
  const gmt = offset.formatToParts(nowMs).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const distance = gmt.replace('GMT', 'UTC');
  return name === 'UTC' ? name : `${name} (${distance})`;
}
