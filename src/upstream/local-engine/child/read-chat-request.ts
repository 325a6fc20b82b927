import { ApiError, badField, unsupported } from './api-error.ts';
import { type PlainMessage, readMessages } from './read-messages.ts';

/** A chat request as the engine needs it, with every bound checked. */
export interface ChatRequest {
  readonly messages: readonly PlainMessage[];
  readonly stream: boolean;
  readonly includeUsage: boolean;
  readonly choices: number;
  /** Undefined: `USUAL_ANSWER_TOKENS`. */
  readonly outputTokensAtMost: number | undefined;
  readonly stops: readonly string[];
  readonly sampling: Sampling;
  readonly format: ResponseFormat;
}

export interface Sampling {
  /** 0 takes the likeliest token each time. */
  readonly temperature: number;
  readonly topP: number;
  readonly seed: number | undefined;
  readonly frequencyPenalty: number;
  readonly presencePenalty: number;
}

export type ResponseFormat =
  | { readonly kind: 'text' }
  | { readonly kind: 'json' }
  | { readonly kind: 'schema'; readonly schema: object };

/** A model this small wanders off at OpenAI's default of 1; what a request says is obeyed to the letter. */
const DEFAULT_TEMPERATURE = 0.7;
const DEFAULT_TOP_P = 0.95;

const CHOICES_AT_MOST = 16;
const STOPS_AT_MOST = 16;
const STOP_CHARACTERS_AT_MOST = 1_000;
const SEED_AT_MOST = 0xffff_ffff;

type Body = Readonly<Record<string, unknown>>;

export function readChatRequest(body: Body): ChatRequest {
  refuseTools(body);
  if (body.logprobs === true) throw unsupported('logprobs', 'requests for log probabilities');
  return {
    messages: readMessages(body.messages),
    stream: body.stream === true,
    includeUsage: isObject(body.stream_options) && body.stream_options.include_usage === true,
    choices: readWhole(body, 'n', 1, CHOICES_AT_MOST) ?? 1,
    outputTokensAtMost:
      readWhole(body, 'max_completion_tokens', 1, Number.MAX_SAFE_INTEGER) ??
      readWhole(body, 'max_tokens', 1, Number.MAX_SAFE_INTEGER),
    stops: readStops(body.stop),
    sampling: {
      temperature: readNumber(body, 'temperature', 0, 2) ?? DEFAULT_TEMPERATURE,
      topP: readNumber(body, 'top_p', 0, 1) ?? DEFAULT_TOP_P,
      seed: readSeed(body),
      frequencyPenalty: readNumber(body, 'frequency_penalty', -2, 2) ?? 0,
      presencePenalty: readNumber(body, 'presence_penalty', -2, 2) ?? 0,
    },
    format: readFormat(body.response_format),
  };
}

/** A list of tools that must not be used is harmless; any other cannot be served. */
function refuseTools(body: Body): void {
  for (const field of ['tools', 'functions']) {
    const list = body[field];
    if (!Array.isArray(list) || list.length === 0) continue;
    if (body.tool_choice === 'none' || body.function_call === 'none') continue;
    throw unsupported(field, `${field}; please route this model to one that does`);
  }
}

function readFormat(value: unknown): ResponseFormat {
  if (value === undefined || value === null) return { kind: 'text' };
  if (!isObject(value)) throw badField('response_format', 'must be an object');
  if (value.type === 'text') return { kind: 'text' };
  if (value.type === 'json_object') return { kind: 'json' };
  const named = value.json_schema;
  if (value.type === 'json_schema' && isObject(named) && isObject(named.schema)) {
    return { kind: 'schema', schema: named.schema };
  }
  throw badField('response_format', 'must be of the type text, json_object, or json_schema with a schema');
}

function readStops(value: unknown): string[] {
  if (value === undefined || value === null) return [];
  const stops: unknown[] = Array.isArray(value) ? value : [value];
  const isRight = (stop: unknown): stop is string =>
    typeof stop === 'string' && stop !== '' && stop.length <= STOP_CHARACTERS_AT_MOST;
  if (stops.length > STOPS_AT_MOST || !stops.every(isRight)) {
    throw badField('stop', `must be a text or a list of at most ${STOPS_AT_MOST} texts, none of them empty`);
  }
  return stops;
}

/** Any whole number is a seed; the engine takes 32 bits of it. */
function readSeed(body: Body): number | undefined {
  const seed = readWhole(body, 'seed', Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  return seed === undefined ? undefined : Math.abs(seed) % (SEED_AT_MOST + 1);
}

function readWhole(body: Body, field: string, least: number, most: number): number | undefined {
  const value = readNumber(body, field, least, most);
  if (value !== undefined && !Number.isInteger(value)) throw badField(field, 'must be a whole number');
  return value;
}

function readNumber(body: Body, field: string, least: number, most: number): number | undefined {
  const value = body[field];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'number' || !(value >= least && value <= most)) {
    throw badField(field, `must be a number from ${least} to ${most}`);
  }
  return value;
}

function isObject(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The JSON object of a request's body. */
export function parseBody(text: string): Body {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ApiError(400, 'invalid_json', 'The body is not JSON.');
  }
  if (!isObject(value)) throw new ApiError(400, 'invalid_json', 'The body must be a JSON object.');
  return value;
}
