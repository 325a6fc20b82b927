import type { StatementQuery } from '../../../src/http/api/wire/statement.ts';
import { startOfDay } from '../../shell/zone.ts';

/** Which movements are shown. Days are the viewer's own, as a date field writes them; empty is without a bound. */
export interface StatementFilter {
  readonly what: StatementQuery['what'];
  readonly fromDay: string;
  readonly toDay: string;
}

export const EVERYTHING: StatementFilter = { what: 'everything', fromDay: '', toDay: '' };

/** The days that an address names, as `?from=2026-11-29&to=2026-11-29`; others are no days. */
export function readSpan(address: URLSearchParams): StatementFilter {
  const day = (name: string) => /^\d{4}-\d\d-\d\d$/.exec(address.get(name) ?? '')?.[0] ?? '';
  const [fromDay, toDay] = [day('from'), day('to')];
  return fromDay === '' && toDay === '' ? EVERYTHING : { ...EVERYTHING, fromDay, toDay };
}

/** The span that the API is asked for; the last day is in it. */
export function spanQuery({ fromDay, toDay }: StatementFilter): Record<string, string> {
  return {
    ...(fromDay !== '' && { fromMs: String(startOfDay(fromDay, 0)) }),
    ...(toDay !== '' && { toMs: String(startOfDay(toDay, 1)) }),
  };
}
