import { isJsonObject, type JsonObject, type JsonValue } from '../../protocol/parse-json.ts';
import { Mentions } from './mentions.ts';
import type { SeededRandom } from './seeded-random.ts';

/** Down to this depth optional members are filled too; below only what the schema requires. */
const GENEROUS_DEPTH = 4;
/** And only while the value is smaller than this, because optional members can multiply. */
const GENEROUS_NODES = 200;
/** Below this, or beyond this size, everything is null: a schema can demand a value without end. */
const MAXIMUM_DEPTH = 32;
const MAXIMUM_NODES = 2_000;
const MAXIMUM_ITEMS = 64;
const MAXIMUM_TEXT_CHARS = 1_000;
/** References that lead to references; a circle of them ends here. */
const MAXIMUM_REFERENCES = 16;

/**
 * A value that a JSON schema accepts, the same for the same seed. Honours types, `const`, `enum`, `default`,
 * `required`, numeric bounds, lengths, formats, items, `$ref` within the schema, `anyOf`, `oneOf` and `allOf`.
 * Does not honour `pattern`, `not`, `if` and dependencies; no SDK that was met writes them unasked. Texts and
 * numbers are taken from `mentions` where they fit.
 */
export function fillSchema(root: unknown, random: SeededRandom, mentions = new Mentions('')): JsonValue {
  let nodes = 0;

  function fill(schema: unknown, name: string, depth: number): JsonValue {
    nodes += 1;
    if (depth > MAXIMUM_DEPTH || nodes > MAXIMUM_NODES) return null;
    const generous = depth < GENEROUS_DEPTH && nodes < GENEROUS_NODES;
    const rules = simplify(schema, root, generous);
    for (const keyword of ['const', 'default'])
      if (Object.hasOwn(rules, keyword)) return rules[keyword] ?? null;
    for (const keyword of ['enum', 'examples']) {
      const [first, ...others] = asArray(rules[keyword]);
      if (first !== undefined) return random.pick([first, ...others]);
    }
    switch (typeOf(rules, generous)) {
      case 'null':
        return null;
      case 'boolean':
        return random.below(2) === 0;
      case 'integer':
      case 'number':
        return fillNumber(rules, random, mentions);
      case 'array':
        return fillArray(rules, name, depth, generous);
      case 'object':
        return fillObject(rules, depth, generous);
      default:
        return fillText(rules, name, mentions);
    }
  }

  function fillArray(rules: JsonObject, name: string, depth: number, generous: boolean): JsonValue[] {
    const prefix = asArray(rules.prefixItems);
    const wanted = Math.max(asNumber(rules.minItems) ?? 0, generous ? 1 : 0, prefix.length);
    const length = Math.min(wanted, asNumber(rules.maxItems) ?? MAXIMUM_ITEMS, MAXIMUM_ITEMS);
    const items: JsonValue[] = [];
    for (let index = 0; index < length; index += 1) {
      // `items: false` ends a tuple.
      if (index >= prefix.length && rules.items === false) break;
      items.push(fill(prefix[index] ?? rules.items, length > 1 ? `${name} ${index + 1}` : name, depth + 1));
    }
    if (rules.uniqueItems !== true) return items;
    return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
  }

  function fillObject(rules: JsonObject, depth: number, generous: boolean): JsonObject {
    const properties = isJsonObject(rules.properties) ? rules.properties : {};
    const required = asArray(rules.required).filter((name) => typeof name === 'string');
    const names = new Set([...(generous ? Object.keys(properties) : []), ...required]);
    const filled: [string, JsonValue][] = [];
    for (const name of names) {
      const schema = Object.hasOwn(properties, name) ? properties[name] : undefined;
      // `false` is the schema of a member that must not be there.
      if (schema !== false) filled.push([name, fill(schema, name, depth + 1)]);
    }
    return Object.fromEntries(filled);
  }

  return fill(root, 'value', 0);
}

/** The schema with its references followed, its parts joined and one of its alternatives chosen. */
function simplify(schema: unknown, root: unknown, generous: boolean): JsonObject {
  let rules: JsonObject = isJsonObject(schema) ? schema : {};
  for (let step = 0; step < MAXIMUM_REFERENCES; step += 1) {
    const { $ref, allOf, anyOf, oneOf, ...rest } = rules;
    const alternatives = asArray(anyOf ?? oneOf);
    const chosen = generous ? alternatives.find((one) => !isNull(one)) : alternatives.find(isNull);
    const parts = [
      ...(typeof $ref === 'string' ? [followReference($ref, root)] : []),
      ...asArray(allOf),
      ...(alternatives.length > 0 ? [chosen ?? alternatives[0]] : []),
    ];
    if (parts.length === 0) return rest;
    rules = [rest, ...parts.filter(isJsonObject)].reduce(joinSchemas);
  }
  return {};
}

function joinSchemas(one: JsonObject, other: JsonObject): JsonObject {
  const joined: JsonObject = { ...one, ...other };
  if (isJsonObject(one.properties) && isJsonObject(other.properties)) {
    joined.properties = { ...one.properties, ...other.properties };
  }
  const required = [...asArray(one.required), ...asArray(other.required)];
  if (required.length > 0) joined.required = required;
  const nested = [...asArray(one.allOf), ...asArray(other.allOf)];
  if (nested.length > 0) joined.allOf = nested;
  return joined;
}

/** A JSON pointer within the schema; anything else, an address above all, leads nowhere. */
function followReference(reference: string, root: unknown): JsonValue | undefined {
  if (!reference.startsWith('#')) return undefined;
  let at: unknown = root;
  for (const part of reference.slice(1).split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (!(isJsonObject(at) || Array.isArray(at)) || !Object.hasOwn(at, key)) return undefined;
    at = (at as JsonObject)[key];
  }
  return isJsonObject(at) ? at : undefined;
}

function isNull(schema: unknown): boolean {
  return isJsonObject(schema) && (schema.type === 'null' || schema.const === null);
}

function typeOf(rules: JsonObject, generous: boolean): JsonValue | undefined {
  const type = rules.type;
  if (Array.isArray(type)) {
    const preferred = generous ? type.find((one) => one !== 'null') : type.find((one) => one === 'null');
    return preferred ?? type[0];
  }
  if (type !== undefined) return type;
  if (rules.properties !== undefined || rules.required !== undefined) return 'object';
  if (rules.items !== undefined || rules.prefixItems !== undefined) return 'array';
  return undefined;
}

function fillNumber(rules: JsonObject, random: SeededRandom, mentions: Mentions): number {
  const isWhole = rules.type !== 'number';
  const above = asNumber(rules.exclusiveMinimum) ?? Number.NEGATIVE_INFINITY;
  const below = asNumber(rules.exclusiveMaximum) ?? Number.POSITIVE_INFINITY;
  const minimum = Math.max(asNumber(rules.minimum) ?? Number.NEGATIVE_INFINITY, above);
  const maximum = Math.min(asNumber(rules.maximum) ?? Number.POSITIVE_INFINITY, below);
  const step = Math.abs(asNumber(rules.multipleOf) ?? 1) || 1;
  const isAccepted = (number: number) =>
    number >= minimum &&
    number <= maximum &&
    number !== above &&
    number !== below &&
    (Number.isInteger(number) || !isWhole) &&
    (rules.multipleOf === undefined || number % step === 0);
  const mentioned = mentions.takeNumber(isAccepted);
  if (mentioned !== undefined) return mentioned;

  // Ten steps from whichever end is bounded; zero where neither is.
  const first = Number.isFinite(minimum) ? minimum : Number.isFinite(maximum) ? maximum - 10 * step : 0;
  let value = Math.ceil(first / step) * step;
  if (value <= above) value += step;
  // A step too small to count in, or bounds beyond all numbers.
  if (!Number.isFinite(value)) return Number.isFinite(first) ? first : 0;
  const room = Math.floor((maximum - value) / step) - (maximum === below ? 1 : 0);
  value += step * random.below(Math.max(0, Math.min(room, 10)) + 1);
  const fits = value <= maximum && value < below;
  return fits || isWhole ? value : (minimum + maximum) / 2;
}

function fillText(rules: JsonObject, name: string, mentions: Mentions): string {
  const format = rules.format;
  const sample = typeof format === 'string' && Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined;
  if (sample !== undefined) return sample;
  const least = Math.min(asNumber(rules.minLength) ?? 0, MAXIMUM_TEXT_CHARS);
  const most = Math.min(asNumber(rules.maxLength) ?? MAXIMUM_TEXT_CHARS, MAXIMUM_TEXT_CHARS);
  // Lengths count code points.
  const mentioned = mentions.takeText((text) => [...text].length >= least && [...text].length <= most);
  if (mentioned !== undefined) return mentioned;
  const characters = [...`simulated ${name}`.slice(0, MAXIMUM_TEXT_CHARS).toWellFormed()];
  while (characters.length < least) characters.push('.');
  return characters.slice(0, Math.max(0, most)).join('');
}

const FORMATS: Readonly<Record<string, string>> = {
  date: '2024-11-19',
  'date-time': '2024-11-19T12:00:00Z',
  time: '12:00:00Z',
  duration: 'PT42M',
  email: 'simulator@example.com',
  hostname: 'example.com',
  ipv4: '192.0.2.42',
  ipv6: '2001:db8::42',
  uri: 'https://example.com/simulated',
  url: 'https://example.com/simulated',
  uuid: '00000000-0000-4000-8000-000000000042',
};

function asArray(value: unknown): JsonValue[] {
  return Array.isArray(value) ? value : [];
}

function asNumber(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
