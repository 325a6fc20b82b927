import type { TokenUsage } from '../../domain/usage.ts';
import { isJsonObject, type JsonObject, type JsonValue, parseJson } from '../parse-json.ts';
import { rewriteChangedMembers, spliceMembers } from '../splice-members.ts';
import { saysItFailed, writtenText } from './response.ts';
import { readUsage } from './usage.ts';

/** One event of an upstream's stream, read for what the gateway must know of it. */
export type StreamChunk =
  | {
      readonly kind: 'chunk';
      /** The chunk's own JSON text, on one line. */
      readonly text: string;
      readonly value: JsonObject;
      /** The running or final count, if the upstream sent a sane one with this chunk. */
      readonly usage: TokenUsage | undefined;
      /** What the model wrote in this chunk, all choices together. */
      readonly written: string;
      /** A choice ends here. */
      readonly finishes: boolean;
      /** The chunk has no choices: it only carried the usage. */
      readonly isUsageOnly: boolean;
    }
  | { readonly kind: 'done' }
  /** The upstream says that it failed. */
  | { readonly kind: 'error' }
  /** Not JSON, or not a chunk of a chat completion. */
  | { readonly kind: 'malformed' };

export function readStreamChunk(data: string): StreamChunk {
  if (data.trim() === '[DONE]') return { kind: 'done' };
  const parsed = parseJson(data);
  if (!parsed.ok || !isJsonObject(parsed.value)) return { kind: 'malformed' };
  const value = parsed.value;
  if (saysItFailed(value)) return { kind: 'error' };
  const choices = value.choices ?? (value.usage === undefined ? undefined : []);
  if (!Array.isArray(choices)) return { kind: 'malformed' };

  let written = '';
  let finishes = false;
  let usage = readUsage(value.usage);
  for (const choice of choices) {
    if (!isJsonObject(choice)) return { kind: 'malformed' };
    const delta = choice.delta;
    if (isJsonObject(delta)) written += writtenText(delta);
    if (typeof choice.finish_reason === 'string' && choice.finish_reason !== '') finishes = true;
    usage ??= readUsage(choice.usage); // Moonshot puts it here.
  }
  const groq = value.x_groq;
  if (usage === undefined && isJsonObject(groq)) usage = readUsage(groq.usage);
  // An event in several lines; between the tokens of a JSON text a break is as good as a space.
  const line = data.replaceAll('\n', ' ');
  return {
    kind: 'chunk',
    text: parsed.altered ? rewriteChangedMembers(line, value) : line,
    value,
    usage,
    written,
    finishes,
    isUsageOnly: choices.length === 0,
  };
}

/** What is ours in every chunk of one stream. */
export interface ChunkIdentity {
  readonly id: string;
  readonly model: string;
}

/** The chunk as the caller gets it: the upstream's own text with our id and model, and with our usage or none. */
export function rewriteStreamChunk(text: string, { id, model }: ChunkIdentity, usage?: JsonObject): string {
  return spliceMembers(text, {
    id: JSON.stringify(id),
    model: JSON.stringify(model),
    usage: usage === undefined ? null : JSON.stringify(usage),
  });
}

/** A chunk of our own making: an end in words, or the usage at the end of a stream. */
export function makeStreamChunk(
  identity: ChunkIdentity,
  createdSeconds: number,
  choices: readonly JsonObject[],
  usage?: JsonObject,
): string {
  return JSON.stringify({
    id: identity.id,
    object: 'chat.completion.chunk',
    created: createdSeconds,
    model: identity.model,
    choices,
    ...(usage === undefined ? {} : { usage }),
  });
}

/**
 * A line of a stream must stay below 64 KB, because One API's reader breaks on a longer one. A character takes
 * at most six bytes in JSON, and the rest of the chunk has room beside this.
 */
const MAXIMUM_DELTA_CHARACTERS = 10_000;
const MAXIMUM_CHUNK_BYTES = 64_000;

/** What a later piece repeats of its chunk: the head that is the same in every chunk of a stream. */
const HEAD_MEMBERS = ['id', 'object', 'created', 'model', 'system_fingerprint', 'service_tier'];

/** The parts of a delta that clients put together by appending, and that may therefore be divided. */
const TEXT_MEMBERS = ['reasoning_content', 'reasoning', 'content', 'refusal'];

/**
 * The chunk's texts: one, or several when its line would be too long. Then each choice gets chunks of its own:
 * first one with everything but the written text, then the text in pieces; the last of them ends the choice if
 * the chunk did. A tool call stays whole, because there are clients that do not put its arguments together.
 */
export function splitLongChunk(text: string, value: JsonObject): string[] {
  const choices = value.choices;
  if (isShort(text) || !Array.isArray(choices)) return [text];
  const pieces = choices.flatMap<JsonValue>((choice) =>
    isJsonObject(choice) ? splitChoice(choice) : [choice],
  );
  if (pieces.length <= 1) return [text];
  const head: JsonObject = {};
  for (const key of HEAD_MEMBERS) {
    const member = value[key];
    if (member !== undefined) head[key] = member;
  }
  return pieces.map((choice, index) =>
    JSON.stringify({ ...(index === 0 ? value : head), choices: [choice] }),
  );
}

function isShort(text: string): boolean {
  return text.length * 3 < MAXIMUM_CHUNK_BYTES || new TextEncoder().encode(text).length < MAXIMUM_CHUNK_BYTES;
}

function splitChoice(choice: JsonObject): JsonObject[] {
  const { finish_reason, ...unfinished } = choice;
  const delta = choice.delta;
  if (!isJsonObject(delta)) return [choice];
  const withoutTexts = { ...delta };
  const pieces: JsonObject[] = [];
  for (const name of TEXT_MEMBERS) {
    for (const text of divide(delta[name])) {
      withoutTexts[name] = '';
      pieces.push({ index: choice.index ?? 0, delta: { [name]: text } });
    }
  }
  const last = pieces.at(-1);
  if (last === undefined) return [choice];
  if (finish_reason !== undefined) last.finish_reason = finish_reason;
  return [{ ...unfinished, delta: withoutTexts }, ...pieces];
}

/** A text in pieces of bounded length. */
function divide(text: JsonValue | undefined): string[] {
  if (typeof text !== 'string') return [];
  const pieces: string[] = [];
  for (let from = 0; from < text.length; ) {
    let to = from + MAXIMUM_DELTA_CHARACTERS;
    // A pair of surrogates is one character and stays together.
    if (/[\uD800-\uDBFF]/.test(text.charAt(to - 1))) to -= 1;
    pieces.push(text.slice(from, to));
    from = to;
  }
  return pieces;
}
