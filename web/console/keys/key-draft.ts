import type { Key, KeyEdit, NewKey } from '../../../src/http/api/wire/keys.ts';
import { dollarsOfTicks, ticksOfDollars } from '../../design/typed-amount.ts';
import { startOfDay } from '../../shell/zone.ts';
import { aclsOf, type KeyReach, reachOf } from './key-reach.ts';

export const LIMITS = [
  'requestsPerSecond',
  'requestsPerMinute',
  'requestsPerHour',
  'tokensPerMinute',
  'requestsInFlight',
] as const;
export type LimitName = (typeof LIMITS)[number];

export const SPENDS = ['perDayTicks', 'perMonthTicks'] as const;
export type SpendName = (typeof SPENDS)[number];

/** When a key ends: as it is, never, some days from now, or with a day of the viewer's calendar. */
export type Expiry =
  | { readonly kind: 'kept' }
  | { readonly kind: 'never' }
  | { readonly kind: 'days'; readonly days: number }
  | { readonly kind: 'date'; readonly day: string };

/** A key as it stands in a form: texts as they were typed. */
export interface KeyDraft extends KeyReach {
  readonly name: string;
  readonly limits: Readonly<Record<LimitName, string>>;
  readonly spends: Readonly<Record<SpendName, string>>;
  /** One on a line. */
  readonly networks: string;
  readonly expiry: Expiry;
}

/** What is wrong with a draft, by the field that it is in. */
export type DraftFault = 'name' | 'endpoints' | 'models' | 'limits' | 'spends' | 'expiry';

export const NEW_DRAFT: KeyDraft = {
  name: '',
  endpoints: null,
  models: null,
  limits: {
    requestsPerSecond: '',
    requestsPerMinute: '',
    requestsPerHour: '',
    tokensPerMinute: '',
    requestsInFlight: '',
  },
  spends: { perDayTicks: '', perMonthTicks: '' },
  networks: '',
  expiry: { kind: 'never' },
};

export function draftOf(key: Key): KeyDraft {
  const limits = { ...NEW_DRAFT.limits };
  for (const limit of LIMITS) limits[limit] = key.limits[limit]?.toString() ?? '';
  const dollars = (ticks: string | null) => (ticks === null ? '' : dollarsOfTicks(ticks));
  const { perDayTicks, perMonthTicks } = key.spendLimits;
  return {
    name: key.name,
    ...reachOf(key.acls),
    limits,
    spends: { perDayTicks: dollars(perDayTicks), perMonthTicks: dollars(perMonthTicks) },
    networks: key.allowedNetworks.join('\n'),
    expiry: { kind: key.expiresAtMs === null ? 'never' : 'kept' },
  };
}

type KeyBody = Omit<NewKey, 'expiresAtMs'> & { readonly expiresAtMs?: number | null };

/** The body that makes the key of a draft, or the field that cannot be read. */
export function readDraft(draft: KeyDraft, nowMs: number): KeyBody | DraftFault {
  const name = draft.name.trim();
  if (name === '') return 'name';
  if (draft.endpoints?.length === 0) return 'endpoints';
  if (draft.models?.length === 0) return 'models';
  const limits = readEach(LIMITS, draft.limits, wholeNumber);
  if (limits === undefined) return 'limits';
  const spendLimits = readEach(SPENDS, draft.spends, ticksOfDollars);
  if (spendLimits === undefined) return 'spends';
  const expiresAtMs = readExpiry(draft.expiry, nowMs);
  if (Number.isNaN(expiresAtMs)) return 'expiry';
  return {
    name,
    acls: aclsOf(draft),
    limits,
    spendLimits,
    allowedNetworks: draft.networks.split(/[\s,]+/).filter((network) => network !== ''),
    ...(expiresAtMs !== undefined && { expiresAtMs }),
  };
}

/** What of a key a draft changes; undefined when it changes nothing. */
export function editOf(key: Key, draft: KeyDraft, nowMs: number): KeyEdit | DraftFault | undefined {
  const after = readDraft(draft, nowMs);
  if (typeof after === 'string') return after;
  const before = readDraft(draftOf(key), nowMs);
  const isOther = (name: keyof KeyBody) =>
    typeof before === 'string' || JSON.stringify(before[name]) !== JSON.stringify(after[name]);
  const changed = (Object.keys(after) as (keyof KeyBody)[]).filter(isOther);
  return changed.length === 0 ? undefined : Object.fromEntries(changed.map((name) => [name, after[name]]));
}

function readEach<Name extends string, Value>(
  names: readonly Name[],
  typed: Readonly<Record<Name, string>>,
  read: (text: string) => Value | undefined,
): Record<Name, Value | null> | undefined {
  const entries: [Name, Value | null][] = [];
  for (const name of names) {
    const text = typed[name].trim();
    const value = text === '' ? null : read(text);
    if (value === undefined) return undefined;
    entries.push([name, value]);
  }
  return Object.fromEntries(entries) as Record<Name, Value | null>;
}

function wholeNumber(text: string): number | undefined {
  const plain = text.replaceAll(',', '');
  return /^\d{1,12}$/.test(plain) && Number(plain) > 0 ? Number(plain) : undefined;
}

const DAY_MS = 86_400_000;

/** Undefined leaves it as it is. A day counts to its end. */
export function readExpiry(expiry: Expiry, nowMs: number): number | null | undefined {
  if (expiry.kind === 'kept') return undefined;
  if (expiry.kind === 'never') return null;
  if (expiry.kind === 'days') return nowMs + expiry.days * DAY_MS;
  return startOfDay(expiry.day, 1) - 1;
}
