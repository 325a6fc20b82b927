import { isJsonObject, type JsonValue } from './json-value.ts';
import type { ValueKind } from './value-kind.ts';

/** One thing a command takes. Its name is its key in the command's parameters; `inFlight` is `--in-flight`. */
export interface Parameter<Value> {
  readonly form: 'argument' | 'option' | 'list' | 'flag';
  readonly required: boolean;
  /** Absent for a flag. */
  readonly kind?: ValueKind<unknown>;
  /** What was sent (undefined when nothing was), as the command takes it. */
  read(json: JsonValue | undefined): { readonly value: Value } | undefined;
}

export type Parameters = Readonly<Record<string, Parameter<unknown>>>;

export type InputOf<P extends Parameters> = {
  readonly [Name in keyof P]: P[Name] extends Parameter<infer Value> ? Value : never;
};

/** `inFlight` is written `--in-flight`. */
export function flagOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** More values than this for one option are a mistake. */
const MAXIMUM_LIST = 500;

export function argument<Value>(kind: ValueKind<Value>): Parameter<Value> {
  return { form: 'argument', required: true, kind, read: (json) => required(kind, json) };
}

export function optionalArgument<Value>(kind: ValueKind<Value>): Parameter<Value | undefined> {
  return { form: 'argument', required: false, kind, read: (json) => optional(kind, json) };
}

export function option<Value>(kind: ValueKind<Value>): Parameter<Value | undefined> {
  return { form: 'option', required: false, kind, read: (json) => optional(kind, json) };
}

export function requiredOption<Value>(kind: ValueKind<Value>): Parameter<Value> {
  return { form: 'option', required: true, kind, read: (json) => required(kind, json) };
}

/** An option that may be given several times. */
export function list<Value>(kind: ValueKind<Value>): Parameter<readonly Value[] | undefined> {
  return {
    form: 'list',
    required: false,
    kind,
    read: (json) => {
      if (json === undefined) return { value: undefined };
      if (!Array.isArray(json) || json.length > MAXIMUM_LIST) return undefined;
      const values: Value[] = [];
      for (const item of json) {
        const value = kind.read(item);
        if (value === undefined) return undefined;
        values.push(value);
      }
      return { value: values };
    },
  };
}

export function flag(): Parameter<boolean> {
  return {
    form: 'flag',
    required: false,
    read: (json) => (json === undefined || typeof json === 'boolean' ? { value: json ?? false } : undefined),
  };
}

/** Reads what was sent for a command; names the first parameter that is missing, wrong or unknown. */
export function readInput<P extends Parameters>(
  parameters: P,
  json: JsonValue,
): { readonly input: InputOf<P> } | { readonly wrong: string } {
  if (!isJsonObject(json)) return { wrong: '' };
  const unknown = Object.keys(json).find((name) => !Object.hasOwn(parameters, name));
  if (unknown !== undefined) return { wrong: unknown };
  const entries: [string, unknown][] = [];
  for (const [name, parameter] of Object.entries(parameters)) {
    const read = parameter.read(Object.hasOwn(json, name) ? json[name] : undefined);
    if (read === undefined) return { wrong: name };
    entries.push([name, read.value]);
  }
  return { input: Object.fromEntries(entries) as InputOf<P> };
}

function required<Value>(kind: ValueKind<Value>, json: JsonValue | undefined): { value: Value } | undefined {
  const value = json === undefined ? undefined : kind.read(json);
  return value === undefined ? undefined : { value };
}

function optional<Value>(
  kind: ValueKind<Value>,
  json: JsonValue | undefined,
): { value: Value | undefined } | undefined {
  return json === undefined ? { value: undefined } : required(kind, json);
}
