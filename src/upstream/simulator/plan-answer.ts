import { isJsonObject, type JsonValue } from '../../protocol/parse-json.ts';
import { chooseTools, type ToolCall } from './choose-tools.ts';
import type { SeenImage } from './describe-images.ts';
import { fillSchema } from './fill-schema.ts';
import { Mentions } from './mentions.ts';
import { type Language, languageOf, nextSentence } from './prose.ts';
import { type SimulatorRequest, textOf } from './read-request.ts';
import { isRefusal, type Refusal, refuse } from './refusal.ts';
import type { SeededRandom } from './seeded-random.ts';
import { SETTINGS_FIELD } from './settings.ts';

/** What one choice says. */
export type Plan =
  /** `opening` says what is to be said; prose follows, if the answer is to be of an exact length. */
  | { readonly kind: 'text'; readonly opening: string; readonly language: Language }
  | { readonly kind: 'json'; readonly text: string }
  | { readonly kind: 'calls'; readonly calls: readonly ToolCall[] };

const QUOTED_QUESTION_CHARS = 80;
const QUOTED_RESULT_CHARS = 400;
const QUOTED_RESULTS = 4;
const QUOTED_NAME_CHARS = 64;
/** Sentences after an answer's facts: as many and up to two more. */
const FEWEST_SENTENCES = 2;

/** Decides whether a choice calls tools, is JSON or is text, and what stands in it. */
export function planAnswer(
  request: SimulatorRequest,
  images: readonly SeenImage[],
  random: SeededRandom,
): Plan | Refusal {
  const calls = chooseTools(request, random);
  if (isRefusal(calls)) return calls;
  const forced = request.body.tool_choice === 'required' || isJsonObject(request.body.tool_choice);
  const exact = request.settings.tokens !== undefined;
  // A caller who asks for a text of an exact length under "auto" gets it; where a call is a must, they collide.
  if (calls.length > 0 && (forced || !exact)) {
    return exact
      ? refuse(`${SETTINGS_FIELD}.tokens`, 'An answer that calls a tool has no length to choose.')
      : { kind: 'calls', calls };
  }
  const format = request.body.response_format;
  const type = isJsonObject(format) ? format.type : undefined;
  if (type === 'json_object' || type === 'json_schema') {
    if (exact) return refuse(`${SETTINGS_FIELD}.tokens`, 'An answer in JSON has no length to choose.');
    return { kind: 'json', text: JSON.stringify(writeJson(format, request.question, random)) };
  }
  const language = languageOf(request.question);
  let opening = openText(request, images, language);
  const sentences = FEWEST_SENTENCES + random.below(3);
  if (!exact)
    for (let sentence = 0; sentence < sentences; sentence += 1) opening += nextSentence(random, language);
  return { kind: 'text', opening: exact ? opening : opening.trimEnd(), language };
}

/** By the schema, if there is one; else with the members that the question names, as JSON mode is told what to write. */
function writeJson(format: unknown, question: string, random: SeededRandom): JsonValue {
  const described = isJsonObject(format) ? format.json_schema : undefined;
  const schema = isJsonObject(described) ? described.schema : undefined;
  if (schema !== undefined) return fillSchema(schema, random, new Mentions(question));
  const { texts } = new Mentions(question);
  if (texts.length > 0) return Object.fromEntries(texts.map((name) => [name, `simulated ${name}`]));
  return { simulated: true, answer: 'This is the Turnpike simulator; no model read the question.' };
}

/** Says that nothing was thought, and shows what arrived: the question, the images, the tools' results. */
function openText(request: SimulatorRequest, images: readonly SeenImage[], language: Language): string {
  const words = WORDS[language];
  const facts = [words.simulator];
  const { messages } = request.body;
  const lastOther = messages.findLastIndex(({ role }) => role !== 'tool' && role !== 'function');
  const results = messages.slice(lastOther + 1);
  for (const result of results.slice(0, QUOTED_RESULTS)) {
    const name = nameOfTool(request, result.tool_call_id) ?? result.name;
    const text =
      typeof result.content === 'string' ? result.content : textOf(isJsonObject(result) ? result : undefined);
    facts.push(words.result(quote(String(name ?? ''), QUOTED_NAME_CHARS), quote(text, QUOTED_RESULT_CHARS)));
  }
  if (results.length === 0 && request.question !== '')
    facts.push(words.question(quote(request.question, QUOTED_QUESTION_CHARS)));
  for (const [index, image] of images.entries()) facts.push(words.image(index + 1, image));
  return language === 'en' ? facts.join(' ') : `${facts.join('\n')}\n`;
}

/** The name under which the assistant called the tool whose result has this id. */
function nameOfTool(request: SimulatorRequest, callId: unknown): string | undefined {
  for (const message of request.body.messages) {
    const calls = message.tool_calls;
    if (!Array.isArray(calls)) continue;
    for (const call of calls) {
      const called = isJsonObject(call) && call.id === callId ? call.function : undefined;
      if (isJsonObject(called) && typeof called.name === 'string') return called.name;
    }
  }
  return undefined;
}

/** One line of bounded length. Only a bounded part is searched for spaces, because the text may be megabytes. */
function quote(text: string, maximumChars: number): string {
  const line = text
    .slice(0, maximumChars * 4)
    .replaceAll(/\s+/g, ' ')
    .trim();
  const characters = [...line.toWellFormed()];
  return characters.length <= maximumChars
    ? line.toWellFormed()
    : `${characters.slice(0, maximumChars - 1).join('')}…`;
}

interface Words {
  readonly simulator: string;
  question(text: string): string;
  result(name: string, text: string): string;
  image(number: number, image: SeenImage): string;
}

const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    simulator: 'This is the Turnpike simulator; no model read your message.',
    question: (text) => `You wrote: “${text}”.`,
    result: (name, text) => `The tool ${name} answered: “${text}”.`,
    image: (number, { type, widthPx, heightPx, sizeBytes }) =>
      `Image ${number} is a ${type.toUpperCase()} of ${widthPx} × ${heightPx} pixels and ${sizeBytes} bytes.`,
  },
  zh: {
    simulator: '这是 Turnpike 模拟器,没有模型读过您的消息。',
    question: (text) => `您写道:“${text}”。`,
    result: (name, text) => `工具 ${name} 的回答:“${text}”。`,
    image: (number, { type, widthPx, heightPx, sizeBytes }) =>
      `图片 ${number}:${type.toUpperCase()},${widthPx} × ${heightPx} 像素,${sizeBytes} 字节。`,
  },
};
