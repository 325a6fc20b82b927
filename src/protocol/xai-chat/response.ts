import type { TokenUsage } from '../../domain/usage.ts';
import { isJsonObject, type JsonObject, type JsonValue, parseJson } from '../parse-json.ts';
import type { MemberPlace } from '../scan-json.ts';
import { rewriteChangedMembers, spliceMembers } from '../splice-members.ts';
import { readUsage } from './usage.ts';

/** A whole answer of an upstream, read for what the gateway must know of it. */
export interface ChatAnswer {
  readonly text: string;
  readonly value: JsonObject;
  /** Where the members of the text stand; undefined where nobody has looked. */
  readonly places: readonly MemberPlace[] | undefined;
  /** The upstream's count, if it is sane. */
  readonly usage: TokenUsage | undefined;
  /** All that the model wrote, for counting it where the upstream did not. */
  readonly written: string;
}

/** Reads a non-streamed answer; undefined when it is not one (an error inside a 200, a page of HTML, half a JSON). */
export function readChatAnswer(text: string): ChatAnswer | undefined {
  const parsed = parseJson(text);
  if (!parsed.ok || !isJsonObject(parsed.value)) return undefined;
  const answer = parsed.value;
  if (saysItFailed(answer)) return undefined;
  const choices = answer.choices;
  if (!Array.isArray(choices) || choices.length === 0) return undefined;
  const messages = choices.map((choice) => (isJsonObject(choice) ? choice.message : undefined));
  if (!messages.every(isJsonObject)) return undefined;
  return {
    text: parsed.altered ? rewriteChangedMembers(text, answer) : text,
    value: answer,
    places: parsed.altered ? undefined : parsed.places,
    usage: readUsage(answer.usage),
    written: messages.map(writtenText).join(''),
  };
}

/** The answer as the caller gets it: the upstream's own text with our id, model and usage. */
export function rewriteChatAnswer(
  { text, places }: Pick<ChatAnswer, 'text' | 'places'>,
  id: string,
  model: string,
  usage: JsonObject,
): string {
  const changes = {
    id: JSON.stringify(id),
    object: '"chat.completion"',
    model: JSON.stringify(model),
    usage: JSON.stringify(usage),
  };
  return spliceMembers(text, changes, places);
}

/** An error under a status of 200: an `error` beside or instead of choices, or MiniMax's status in the body. */
export function saysItFailed(value: JsonObject): boolean {
  const error = value.error;
  const base = value.base_resp;
  return Boolean(error) || (isJsonObject(base) && (base.status_code ?? 0) !== 0);
}

/** Everything in a message or delta that a model generated token by token. */
export function writtenText(message: JsonObject): string {
  // Some servers send their reasoning under its old and its new name at once; it was generated once.
  const reasoning =
    textOf(message.reasoning_content) || textOf(message.reasoning) || textOf(message.reasoning_details);
  let written =
    textOf(message.content) + reasoning + textOf(message.refusal) + callText(message.function_call);
  const calls = message.tool_calls;
  if (Array.isArray(calls)) {
    for (const call of calls) if (isJsonObject(call)) written += callText(call.function);
  }
  return written;
}

/** A string, or the texts of parts; Mistral's and OpenRouter's thinking parts hold theirs one level deeper. */
function textOf(value: JsonValue | undefined): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(textOf).join('');
  if (!isJsonObject(value)) return '';
  return textOf(value.text) + textOf(value.thinking) + textOf(value.summary);
}

function callText(called: JsonValue | undefined): string {
  return isJsonObject(called) ? textOf(called.name) + textOf(called.arguments) : '';
}
