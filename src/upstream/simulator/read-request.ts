import { isJsonObject, type JsonObject, type JsonValue, parseJson } from '../../protocol/parse-json.ts';
import type { ChatBody, UpstreamCall } from '../upstream.ts';
import { isRefusal, type Refusal, refuse } from './refusal.ts';
import { readSettings, SETTINGS_FIELD, type Settings, type Speed } from './settings.ts';

/** The same bounds as the gateway's, because the simulator must stand on its own too. */
const MAXIMUM_CHOICES = 128;
const MAXIMUM_STOPS = 16;

/** A request as the simulator understands it. */
export interface SimulatorRequest {
  readonly body: ChatBody;
  readonly settings: Settings;
  readonly stream: boolean;
  /** The caller asked for a last chunk with the usage alone. */
  readonly includeUsage: boolean;
  readonly choices: number;
  /** The most output tokens of each choice, reasoning included; infinite when the request names none. */
  readonly maximumTokens: number;
  readonly stops: readonly string[];
  /** The text of the last message from the user. */
  readonly question: string;
}

/** Reads the JSON text of a call, or says what is wrong with it. */
export function readRequest(call: UpstreamCall, speed: Speed): SimulatorRequest | Refusal {
  const parsed = parseJson(call.body);
  if (!parsed.ok) return refuse(null, `The request is not understood: ${parsed.why}`);
  const body = parsed.value;
  if (!isJsonObject(body)) return refuse(null, 'The request must be a JSON object.');
  const messages = body.messages;
  if (!Array.isArray(messages) || messages.length === 0 || !messages.every(isJsonObject)) {
    return refuse('messages', "'messages' must be an array of at least one message.");
  }
  const settings = readSettings(body[SETTINGS_FIELD], speed);
  if (isRefusal(settings)) return settings;

  const choices = body.n ?? 1;
  if (!isWhole(choices, MAXIMUM_CHOICES))
    return refuse('n', `'n' must be a whole number from 1 to ${MAXIMUM_CHOICES}.`);
  const caps: number[] = [];
  for (const field of ['max_tokens', 'max_completion_tokens']) {
    const cap = body[field] ?? Number.POSITIVE_INFINITY;
    if (cap !== Number.POSITIVE_INFINITY && !isWhole(cap, Number.MAX_SAFE_INTEGER)) {
      return refuse(field, `'${field}' must be a whole number of at least 1.`);
    }
    caps.push(Number(cap));
  }
  const given = body.stop ?? [];
  const stops = typeof given === 'string' ? [given] : given;
  if (
    !Array.isArray(stops) ||
    stops.length > MAXIMUM_STOPS ||
    !stops.every((stop) => typeof stop === 'string')
  ) {
    return refuse('stop', `'stop' must be a string or an array of at most ${MAXIMUM_STOPS} strings.`);
  }
  const options = body.stream_options;
  return {
    // Every field that is read of it is checked where it is read.
    body: body as unknown as ChatBody,
    settings,
    stream: call.stream,
    includeUsage: isJsonObject(options) && options.include_usage === true,
    choices,
    maximumTokens: Math.min(...caps),
    stops: stops.filter((stop) => stop !== ''),
    question: textOf(messages.findLast((message) => message.role === 'user')),
  };
}

/** All text of a message, its parts one under the other. */
export function textOf(message: JsonObject | undefined): string {
  const content = message?.content;
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  const texts = content.map((part) => (isJsonObject(part) && typeof part.text === 'string' ? part.text : ''));
  return texts.filter((text) => text !== '').join('\n');
}

function isWhole(value: JsonValue, most: number): value is number {
  return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= most;
}
