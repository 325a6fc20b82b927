import { ApiError } from './api-error.ts';

/**
 * A grammar grows with its schema, and building one holds up every call. These bounds keep that under a third of
 * a second; a list of 100,000 words took a minute.
 */
const DEPTH_AT_MOST = 16;
const NODES_AT_MOST = 500;
const LENGTH_AT_MOST = 500;
const TEXT_CHARACTERS_AT_MOST = 200;

/** Keywords that say nothing about what is valid; all named properties are always written. */
const ANNOTATIONS = new Set(
  '$schema $id $comment title description default examples deprecated readOnly writeOnly required'.split(' '),
);
const LENGTHS = new Set(['minItems', 'maxItems', 'minLength', 'maxLength']);
const FORMATS = new Set(['date-time', 'date', 'time']);
const SIMPLE_TYPES = new Set(['string', 'number', 'integer', 'boolean', 'null']);
const TYPES = new Set([...SIMPLE_TYPES, 'object', 'array']);
/** One of these must say what a value is; without, the grammar takes it for null. */
const DECIDING = ['type', 'enum', 'const', 'oneOf', '$ref'];

type Schema = Readonly<Record<string, unknown>>;

/**
 * A JSON Schema in the dialect of the engine's grammars. A keyword that the grammar cannot enforce is refused
 * rather than ignored, since the caller relies on it.
 */
export function toEngineSchema(schema: object): object {
  const converter = new Converter();
  const converted = converter.convert(schema, 0);
  converter.checkReferences();
  return converted;
}

class Converter {
  #nodes = 0;
  readonly #definitions = new Set<string>();
  readonly #references = new Set<string>();

  convert(value: unknown, depth: number): object {
    this.#count();
    if (depth > DEPTH_AT_MOST) throw tooLarge();
    if (!isSchema(value)) throw refused('must consist of objects');
    const types = value.type;
    if (Array.isArray(types) && !types.every((type) => SIMPLE_TYPES.has(String(type)))) {
      return {
        oneOf: this.#list(
          'type',
          types.map((type: unknown) => ({ ...value, type })),
          depth,
        ),
      };
    }
    const result: Record<string, unknown> = {};
    for (const [keyword, content] of Object.entries(value)) {
      if (ANNOTATIONS.has(keyword)) continue;
      const [name, converted] = this.#keyword(keyword, content, depth);
      result[name] = converted;
    }
    if (result.properties !== undefined) result.type ??= 'object';
    if (result.items !== undefined) result.type ??= 'array';
    if (!DECIDING.some((keyword) => result[keyword] !== undefined))
      throw refused('must say the type of each value');
    return result;
  }

  checkReferences(): void {
    for (const reference of this.#references) {
      if (!this.#definitions.has(reference)) throw refused('refers to a definition that it does not have');
    }
  }

  #keyword(keyword: string, content: unknown, depth: number): [string, unknown] {
    if (LENGTHS.has(keyword)) {
      if (Number.isInteger(content) && Number(content) >= 0 && Number(content) <= LENGTH_AT_MOST)
        return [keyword, content];
      throw refused(`has a ${keyword} that this local model cannot keep`);
    }
    switch (keyword) {
      case 'type':
        if ((Array.isArray(content) ? content : [content]).every((type) => TYPES.has(String(type))))
          return [keyword, content];
        throw refused('names a type that there is not');
      case 'const':
        return [keyword, this.#constant(content)];
      case 'enum':
        return [keyword, this.#filled(keyword, content).map((constant) => this.#constant(constant))];
      case 'format':
        if (FORMATS.has(String(content))) return [keyword, content];
        throw unpromised(`the format ${String(content)}`);
      case 'items':
        return [keyword, this.convert(content, depth + 1)];
      case 'prefixItems':
        return [keyword, this.#list(keyword, content, depth)];
      case 'anyOf':
      case 'oneOf':
        return ['oneOf', this.#list(keyword, content, depth)];
      case 'additionalProperties':
        return [keyword, typeof content === 'boolean' ? content : this.convert(content, depth + 1)];
      case 'properties':
        return [keyword, this.#each(content, depth)];
      case '$defs':
      case 'definitions':
        return ['$defs', this.#define(content, depth)];
      case '$ref':
        return [keyword, this.#refer(content)];
      default:
        throw unpromised(keyword);
    }
  }

  #constant(value: unknown): unknown {
    this.#count();
    const isSimple = value === null || ['string', 'number', 'boolean'].includes(typeof value);
    if (!isSimple) throw unpromised('constants that are not simple values');
    if (String(value).length > TEXT_CHARACTERS_AT_MOST) throw tooLarge();
    return value;
  }

  #list(keyword: string, content: unknown, depth: number): object[] {
    return this.#filled(keyword, content).map((inner) => this.convert(inner, depth + 1));
  }

  #filled(keyword: string, content: unknown): unknown[] {
    if (!Array.isArray(content) || content.length === 0)
      throw refused(`must have a list with something in it as ${keyword}`);
    return content;
  }

  #each(content: unknown, depth: number): object {
    if (!isSchema(content)) throw refused('must consist of objects');
    const entries = Object.entries(content);
    if (entries.some(([name]) => name.length > TEXT_CHARACTERS_AT_MOST)) throw tooLarge();
    return Object.fromEntries(entries.map(([name, inner]) => [name, this.convert(inner, depth + 1)]));
  }

  #define(content: unknown, depth: number): object {
    if (depth > 0) throw unpromised('definitions within definitions');
    const definitions = this.#each(content, depth);
    for (const name of Object.keys(definitions)) this.#definitions.add(name);
    return definitions;
  }

  #refer(content: unknown): string {
    const name = /^#\/(?:\$defs|definitions)\/([^/]+)$/.exec(String(content))?.[1];
    if (name === undefined) throw unpromised('references to other places than its own definitions');
    this.#references.add(name);
    return `#/$defs/${name}`;
  }

  #count(): void {
    this.#nodes += 1;
    if (this.#nodes > NODES_AT_MOST) throw tooLarge();
  }
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function tooLarge(): ApiError {
  return refused('is too large for this local model');
}

function unpromised(what: string): ApiError {
  return refused(`uses ${what.slice(0, 60)}, which this local model cannot promise`);
}

function refused(why: string): ApiError {
  return new ApiError(400, 'invalid_schema', `The schema of response_format ${why}.`, 'response_format');
}
