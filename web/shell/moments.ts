import type { Language } from './language.ts';
import { inZone, localDay } from './zone.ts';

const LOCALES = { en: 'en-GB', zh: 'zh-CN' } as const;

/** Today `14:32:07`, this year `19 Nov, 08:04`, else with the year; in the viewer's zone. */
export function momentText(atMs: number, language: Language, nowMs = Date.now()): string {
  const at = new Date(atMs);
  const [day, today] = [localDay(atMs), localDay(nowMs)];
  if (day === today) return at.toLocaleTimeString(LOCALES[language], inZone());
  return at.toLocaleString(LOCALES[language], {
    ...inZone(),
    ...(day.slice(0, 4) !== today.slice(0, 4) && { year: 'numeric' }),
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  });
}

/** `Sunday, 22 November`. */
export function dayText(atMs: number, language: Language): string {
  return new Date(atMs).toLocaleDateString(LOCALES[language], {
    ...inZone(),
    weekday: 'long',
    day: 'numeric',
    month: 'long',
  });
}

/** `10 Nov`, of a UTC day such as `2026-11-10`. */
export function shortDay(day: string, language: Language): string {
  return new Date(`${day}T00:00:00Z`).toLocaleDateString(LOCALES[language], {
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  });
}

/** `Saturday, 14 November`, of a UTC day. */
export function longDay(day: string, language: Language): string {
  return new Date(`${day}T00:00:00Z`).toLocaleDateString(LOCALES[language], {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  });
}

/** `14:00`, in the viewer's zone. */
export function hourText(atMs: number, language: Language): string {
  return new Date(atMs).toLocaleTimeString(LOCALES[language], {
    ...inZone(),
    hour: '2-digit',
    minute: '2-digit',
  });
}

/** `31 Dec 2026`, in the viewer's zone. */
export function dateText(atMs: number, language: Language): string {
  return new Date(atMs).toLocaleDateString(LOCALES[language], {
    ...inZone(),
    year: 'numeric',
    month: 'short',
    day: 'numeric',
  });
}

/** `November`, the UTC month of a moment. */
export function monthText(atMs: number, language: Language): string {
  const month = new Date(atMs);
  if (language === 'zh') return `${month.getUTCMonth() + 1} 月`;
  return month.toLocaleDateString(LOCALES.en, { month: 'long', timeZone: 'UTC' });
}

const STEPS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** `7 minutes ago`, `in 6 days`: in whole steps, the largest that fits. */
export function distanceText(atMs: number, language: Language, nowMs = Date.now()): string {
  const distanceMs = atMs - nowMs;
  const [unit, stepMs] = STEPS.find(([, ms]) => Math.abs(distanceMs) >= ms) ?? STEPS[2];
  const text = new Intl.RelativeTimeFormat(LOCALES[language], {
    style: 'short',
    // `this minute` and not `0 min ago`.
    numeric: 'auto',
  }).format(Math.trunc(distanceMs / stepMs), unit);
  return language === 'zh' ? text.replace(/(\d)(?=[^\d,])/, '$1 ') : text;
}

/** `29 Nov 2026, 14:32:07`, in the viewer's zone. */
export function fullMomentText(atMs: number, language: Language): string {
  return new Date(atMs).toLocaleString(LOCALES[language], {
    ...inZone(),
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
}

/** `14:32:07.419`, in the viewer's zone. */
export function clockText(atMs: number): string {
  return new Date(atMs).toLocaleTimeString('en-GB', {
    ...inZone(),
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
  });
}

/** `November 2026`, of the month that a day of the viewer's calendar is in. */
export function monthOfText(day: string, language: Language): string {
  return new Date(`${day}T00:00:00Z`).toLocaleDateString(LOCALES[language], {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
}
