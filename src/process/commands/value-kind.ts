import { isAbsolute, resolve } from 'node:path';
import type { Modality } from '../../domain/model-catalogue.ts';
import { parseMoney, type Ticks } from '../../domain/money.ts';
import { parseNetwork } from '../../domain/network-address.ts';
import type { JsonValue } from './json-value.ts';
import { parseDuration, parseMoment } from './parse-moment.ts';

/**
 * One kind of value that commands take: how a person writes it, how it is sent to the server and what the command
 * gets. A person's text is read where they are, since `2026-12-31` means their own midnight; what arrives is checked
 * again, so a command never depends on who sent it.
 */
export interface ValueKind<Value> {
  readonly name: ValueKindName;
  /** How the value is called in the help, `AMOUNT`. */
  readonly placeholder: string;
  /** What a person wrote, as it is sent; undefined when it is not of this kind. */
  parse(text: string, nowMs: number): JsonValue | undefined;
  /** What was sent, as the command takes it; undefined when it is not of this kind. */
  read(json: JsonValue): Value | undefined;
}

/** Each has a phrase in every language that says what is expected. */
export type ValueKindName =
  | 'text'
  | 'secret'
  | 'database'
  | 'file'
  | 'count'
  | 'limit'
  | 'money'
  | 'price'
  | 'moment'
  | 'expiry'
  | 'duration'
  | 'network'
  | 'spendLimit'
  | 'choice'
  | 'modalities';

const MAXIMUM_TEXT_CHARACTERS = 4_096;

export function text(placeholder: string): ValueKind<string> {
  return { name: 'text', placeholder, parse: (written) => written, read: readText };
}

/** A secret may be given as `-`, to be read from the standard input and not from the command line. */
export const secret: ValueKind<string> = {
  name: 'secret',
  placeholder: 'KEY',
  parse: (written) => written,
  read: readText,
};

/** An address may hold a password, so it may be given as `-` too. */
export const databaseAddress: ValueKind<string> = {
  name: 'database',
  placeholder: 'URL',
  parse: (written) => written,
  read: readText,
};

/** A file; where it is from here, since the server may have been started elsewhere. */
export const file: ValueKind<string> = {
  name: 'file',
  placeholder: 'FILE',
  parse: (written) => (written === '' ? undefined : resolve(written)),
  read: (json) => (typeof json === 'string' && isAbsolute(json) ? readText(json) : undefined),
};

export const count: ValueKind<number> = {
  name: 'count',
  placeholder: 'NUMBER',
  parse: parseCount,
  read: readCount,
};

/** A number, or `none` for no limit. */
export const limit: ValueKind<number | null> = {
  name: 'limit',
  placeholder: 'NUMBER|none',
  parse: (written) => (written === 'none' ? null : parseCount(written)),
  read: (json) => (json === null ? null : readCount(json)),
};

export const money: ValueKind<Ticks> = {
  name: 'money',
  placeholder: 'AMOUNT',
  parse: (written) => parseMoney(written)?.toString(),
  read: readTicks,
};

const TOKENS_PER_PRICE = 1_000_000n;

/**
 * A price in dollars per million tokens, or in `ticks` per token; sent as ticks per token. A price that is no whole
 * number of ticks per token is not a price.
 */
export const price: ValueKind<Ticks> = {
  name: 'price',
  placeholder: 'PRICE',
  parse: (written) => {
    const ticks = parseMoney(written);
    if (ticks === undefined) return undefined;
    if (/ticks?\s*$/.test(written)) return ticks.toString();
    return ticks % TOKENS_PER_PRICE === 0n ? (ticks / TOKENS_PER_PRICE).toString() : undefined;
  },
  read: readTicks,
};

export const moment: ValueKind<number> = {
  name: 'moment',
  placeholder: 'WHEN',
  parse: parseMoment,
  read: readCount,
};

/** When something ends: a moment, `now`, or `never`. */
export const expiry: ValueKind<number | null | 'now'> = {
  name: 'expiry',
  placeholder: 'WHEN|never|now',
  parse: (written, nowMs) =>
    written === 'never' ? null : written === 'now' ? 'now' : parseMoment(written, nowMs),
  read: (json) => (json === null || json === 'now' ? json : readCount(json)),
};

/** How long something lasts, in milliseconds. */
export const duration: ValueKind<number> = {
  name: 'duration',
  placeholder: 'TIME',
  parse: parseDuration,
  read: readCount,
};

export const network: ValueKind<string> = {
  name: 'network',
  placeholder: 'NETWORK',
  parse: (written) => (parseNetwork(written) === undefined ? undefined : written.toLowerCase()),
  read: readText,
};

/** An amount, or `none` for no limit. */
export const spendLimit: ValueKind<Ticks | null> = {
  name: 'spendLimit',
  placeholder: 'AMOUNT|none',
  parse: (written) => (written === 'none' ? null : parseMoney(written)?.toString()),
  read: (json) => (json === null ? null : readTicks(json)),
};

export function choice<const Values extends readonly [string, ...string[]]>(
  values: Values,
): ValueKind<Values[number]> {
  const find = (candidate: JsonValue): Values[number] | undefined =>
    values.find((value) => value === candidate);
  return { name: 'choice', placeholder: values.join('|'), parse: find, read: find };
}

export const modalities: ValueKind<readonly Modality[]> = {
  name: 'modalities',
  placeholder: 'text,image',
  parse: (written) => written.split(',').map((part) => part.trim()),
  read: (json) => {
    if (!Array.isArray(json) || json.length > 10) return undefined;
    const known = json.filter((value): value is Modality => value === 'text' || value === 'image');
    return known.length === json.length ? known : undefined;
  },
};

function readText(json: JsonValue): string | undefined {
  return typeof json === 'string' && json.length <= MAXIMUM_TEXT_CHARACTERS ? json : undefined;
}

function parseCount(written: string): number | undefined {
  return /^\d{1,15}$/.test(written) ? Number(written) : undefined;
}

function readCount(json: JsonValue): number | undefined {
  return typeof json === 'number' && Number.isSafeInteger(json) && json >= 0 ? json : undefined;
}

function readTicks(json: JsonValue): Ticks | undefined {
  return typeof json === 'string' && /^\d{1,19}$/.test(json) ? BigInt(json) : undefined;
}
