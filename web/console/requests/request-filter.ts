import type { RequestResult, RequestRow } from '../../../src/http/api/wire/requests.ts';
import { startOfDay } from '../../shell/zone.ts';

/** Which requests are shown; empty is all. Days are the viewer's own, as a date field writes them. */
export interface RequestFilter {
  readonly model: string;
  /** A key's id, or `console` or `chat`. */
  readonly key: string;
  readonly result: RequestResult | '';
  readonly fromDay: string;
  readonly toDay: string;
}

export const ALL_REQUESTS: RequestFilter = { model: '', key: '', result: '', fromDay: '', toDay: '' };

export const RESULTS: readonly RequestResult[] = ['answered', 'cut', 'client-left', 'refused', 'failed'];

const PARAMETERS = { model: 'model', key: 'key', result: 'result', fromDay: 'from', toDay: 'to' } as const;
type Name = keyof RequestFilter;

/** A filter stands in the page's address, so that it can be kept and sent to somebody. */
export function readFilter(address: URLSearchParams): RequestFilter {
  const said = (name: Name) => address.get(PARAMETERS[name]) ?? '';
  const day = (name: Name) => (/^\d{4}-\d\d-\d\d$/.test(said(name)) ? said(name) : '');
  return {
    model: said('model'),
    key: said('key'),
    result: RESULTS.find((result) => result === said('result')) ?? '',
    fromDay: day('fromDay'),
    toDay: day('toDay'),
  };
}

export function writeFilter(filter: RequestFilter): URLSearchParams {
  const address = new URLSearchParams();
  for (const name of Object.keys(PARAMETERS) as Name[])
    if (filter[name] !== '') address.set(PARAMETERS[name], filter[name]);
  return address;
}

/** What the API is asked; the last day is in it. */
export function filterQuery({ model, key, result, fromDay, toDay }: RequestFilter): string {
  return new URLSearchParams({
    ...(model !== '' && { model }),
    ...(key !== '' && { keyId: key }),
    ...(result !== '' && { result }),
    ...(fromDay !== '' && { fromMs: String(startOfDay(fromDay, 0)) }),
    ...(toDay !== '' && { toMs: String(startOfDay(toDay, 1)) }),
  }).toString();
}

/** Whether a request that has just ended belongs to what is shown. */
export function isShown({ model, key, result, fromDay, toDay }: RequestFilter, row: RequestRow): boolean {
  const { source } = row;
  return (
    (model === '' || row.model === model) &&
    (key === '' || (source.keyId ?? source.kind) === key) &&
    (result === '' || row.result === result) &&
    (fromDay === '' || row.atMs >= startOfDay(fromDay, 0)) &&
    (toDay === '' || row.atMs < startOfDay(toDay, 1))
  );
}
