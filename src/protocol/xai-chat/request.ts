import { emptyMessage, type Failure, invalidField, isFailure, malformedJson } from '../../domain/failure.ts';
import { isJsonObject, type JsonObject, type JsonValue, parseUnambiguousJson } from '../parse-json.ts';
import type { MemberPlace } from '../scan-json.ts';
import { rewriteChangedMembers } from '../splice-members.ts';
import type { ChatBody } from './body.ts';
import { dropDestinations } from './drop-destinations.ts';

/** A chat request as the gateway understands it. What it does not understand is in `text`, untouched. */
export interface ChatRequest {
  readonly model: string;
  readonly stream: boolean;
  /** The caller asked for a usage chunk of its own at the end of the stream. */
  readonly includeUsage: boolean;
  readonly choices: number;
  /** The caller's own bound on the output of each choice. */
  readonly maximumOutputTokens: number | undefined;
  /** The kinds of content in the messages: `text`, `image`, and others by their own name. */
  readonly contentTypes: ReadonlySet<string>;
  readonly body: ChatBody;
  /** The body's JSON text: the caller's own, but for members from which fields had to be dropped. */
  readonly text: string;
  /** Where its members stand; undefined where nobody has looked. */
  readonly places: readonly MemberPlace[] | undefined;
}

export const MAXIMUM_MESSAGES = 10_000;
export const MAXIMUM_CHOICES = 128;
export const MAXIMUM_TOOLS = 350;
const MAXIMUM_STOPS = 8;
const INT32_MAX = 2_147_483_647;

const ROLES = new Set(['system', 'developer', 'user', 'assistant', 'tool', 'function']);

/** Reads a body of `POST /v1/chat/completions`. */
export function parseChatRequest(text: string): ChatRequest | Failure {
  const parsed = parseUnambiguousJson(text);
  if (!parsed.ok) return malformedJson(parsed.why);
  const body = parsed.value;
  if (!isJsonObject(body)) return malformedJson('the body must be a JSON object.');

  const dropped = dropDestinations(body);
  const wrong = checkFields(body) ?? checkMessages(body.messages);
  if (wrong !== undefined) return wrong;
  const contentTypes = new Set<string>();
  const messages = body.messages as JsonObject[];
  for (let index = 0; index < messages.length; index += 1) {
    const fault = checkMessage(messages[index] as JsonValue, index, contentTypes);
    if (fault !== undefined) return fault;
  }
  const options = body.stream_options;
  const isChanged = parsed.altered || dropped;
  return {
    model: body.model as string,
    stream: body.stream === true,
    includeUsage: isJsonObject(options) && options.include_usage === true,
    choices: (body.n as number | null | undefined) ?? 1,
    maximumOutputTokens: smallest(body.max_completion_tokens, body.max_tokens),
    contentTypes,
    body: body as unknown as ChatBody,
    text: isChanged ? rewriteChangedMembers(text, body) : text,
    places: isChanged ? undefined : parsed.places,
  };
}

/** Both spellings may be there; the caller meant neither to be passed. */
function smallest(...bounds: (JsonValue | undefined)[]): number | undefined {
  const given = bounds.filter((bound): bound is number => typeof bound === 'number');
  return given.length === 0 ? undefined : Math.min(...given);
}

type Check = (value: JsonValue) => string | undefined;

/** The fields that have rules. `null` means absent everywhere; fields without a rule pass as they are. */
const FIELDS: Readonly<Record<string, Check>> = {
  stream: isBoolean,
  n: wholeNumber(1, MAXIMUM_CHOICES),
  max_tokens: wholeNumber(1, INT32_MAX),
  max_completion_tokens: wholeNumber(1, INT32_MAX),
  temperature: between(0, 2),
  top_p: between(0, 1),
  frequency_penalty: between(-2, 2),
  presence_penalty: between(-2, 2),
  seed: wholeNumber(-Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
  logprobs: isBoolean,
  top_logprobs: wholeNumber(0, 20),
  parallel_tool_calls: isBoolean,
  user: isText,
  reasoning_effort: isText,
  service_tier: isText,
  stream_options: isObject,
  logit_bias: isObject,
  search_parameters: isObject,
  stop: (value) =>
    typeof value === 'string' ||
    (Array.isArray(value) && value.length <= MAXIMUM_STOPS && value.every((item) => typeof item === 'string'))
      ? undefined
      : `must be a string or an array of at most ${MAXIMUM_STOPS} strings`,
  tools: (value) =>
    Array.isArray(value) && value.length <= MAXIMUM_TOOLS && value.every((item) => isJsonObject(item))
      ? undefined
      : `must be an array of at most ${MAXIMUM_TOOLS} tools`,
  tool_choice: (value) =>
    typeof value === 'string' || isJsonObject(value)
      ? undefined
      : 'must be "none", "auto", "required" or a function',
  response_format: (value) =>
    isJsonObject(value) && ['text', 'json_object', 'json_schema'].includes(String(value.type))
      ? undefined
      : 'must be an object whose type is "text", "json_object" or "json_schema"',
  deferred: (value) =>
    value === false ? undefined : 'is not offered by this server; send the request without it',
};

/** Listed once: walking over an object's members costs more than all the checks. */
const FIELD_CHECKS = Object.entries(FIELDS);

function checkFields(body: JsonObject): Failure | undefined {
  const model = body.model;
  if (typeof model !== 'string' || model === '') return invalidField('model', 'must be the name of a model');
  for (const [name, check] of FIELD_CHECKS) {
    const value = body[name];
    if (value === undefined || value === null) continue;
    const expectation = check(value);
    if (expectation !== undefined) return invalidField(name, expectation);
  }
  return undefined;
}

function checkMessages(messages: JsonValue | undefined): Failure | undefined {
  if (!Array.isArray(messages)) return invalidField('messages', 'must be an array of messages');
  if (messages.length === 0) return invalidField('messages', 'must hold at least one message');
  if (messages.length > MAXIMUM_MESSAGES)
    return invalidField('messages', `must hold at most ${MAXIMUM_MESSAGES} messages`);
  return undefined;
}

function checkMessage(message: JsonValue, index: number, contentTypes: Set<string>): Failure | undefined {
  if (!isJsonObject(message)) return invalidField(`messages[${index}]`, 'must be an object');
  const role = message.role;
  if (typeof role !== 'string' || !ROLES.has(role)) {
    return invalidField(`messages[${index}].role`, `must be one of ${[...ROLES].join(', ')}`);
  }
  const content = message.content;
  if (content === undefined || content === null) return role === 'assistant' ? undefined : emptyMessage();
  // An empty result of a tool and an empty instruction mean something; an empty question does not.
  if (typeof content === 'string') return content === '' && role === 'user' ? emptyMessage() : undefined;
  if (!Array.isArray(content))
    return invalidField(`messages[${index}].content`, 'must be a string or an array of parts');
  if (content.length === 0) return emptyMessage();
  for (const [place, part] of content.entries()) {
    const type = checkPart(part, `messages[${index}].content[${place}]`);
    if (isFailure(type)) return type;
    contentTypes.add(type);
  }
  return undefined;
}

/** The part's type, or what is wrong with it. */
function checkPart(part: JsonValue, path: string): string | Failure {
  if (!isJsonObject(part) || typeof part.type !== 'string')
    return invalidField(path, 'must be an object with a type');
  const type = part.type;
  if (type === 'text' || type === 'input_text') {
    return typeof part.text === 'string' ? 'text' : invalidField(`${path}.text`, 'must be a string');
  }
  if (type === 'image_url' || type === 'input_image') {
    const image = part.image_url;
    const url = isJsonObject(image) ? image.url : image;
    if (typeof url !== 'string' || !/^(?:https?:\/\/|data:image\/)/i.test(url)) {
      return invalidField(`${path}.image_url`, 'must hold an http(s) URL or a data: URL of an image');
    }
    return 'image';
  }
  return type;
}

function isBoolean(value: JsonValue): string | undefined {
  return typeof value === 'boolean' ? undefined : 'must be true or false';
}

function isText(value: JsonValue): string | undefined {
  return typeof value === 'string' ? undefined : 'must be a string';
}

function isObject(value: JsonValue): string | undefined {
  return isJsonObject(value) ? undefined : 'must be an object';
}

function wholeNumber(least: number, most: number): Check {
  return (value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
      ? undefined
      : `must be a whole number from ${least} to ${most}`;
}

function between(least: number, most: number): Check {
  return (value) =>
    typeof value === 'number' && value >= least && value <= most
      ? undefined
      : `must be a number from ${least} to ${most}`;
}
