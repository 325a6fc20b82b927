import { isJsonObject } from '../protocol/parse-json.ts';
import { readDataUrl } from './data-url.ts';
import { imageUrlOf } from './image-part.ts';
import { readImageSize } from './image-size.ts';
import { imageTokens } from './image-tokens.ts';
import type { Tokeniser } from './tokeniser/tokeniser.ts';
import type { ChatBody } from './upstream.ts';

/** The role and the marks around a message. */
export const TOKENS_PER_MESSAGE = 3;
/** The mark before a message's `name`; the name itself counts as text. */
export const TOKENS_PER_NAME = 1;
/** The opening of the answer, which every prompt ends with. */
export const TOKENS_BEFORE_ANSWER = 3;

/** The size of a prompt. `tokens` is the sum of the two others. */
export interface PromptTokens {
  readonly tokens: number;
  /** Everything but images: contents, names, tool calls, tool definitions, an answer's schema, the overhead. */
  readonly textTokens: number;
  readonly imageTokens: number;
  /** False when the tokeniser could only give a bound from above. */
  readonly exact: boolean;
}

/**
 * Counts a whole request by one rule, OpenAI's published one for its own chat models: the contents as they
 * are, 3 tokens a message and 1 for a name, 3 before the answer. What is JSON to the model (tool calls, tool
 * definitions, the schema of the answer, parts of unknown kinds) counts as its JSON text. An image in a
 * `data:` URL counts by its size, one at an address as the dearest, because nobody has looked at it.
 */
export async function countPromptTokens(
  body: ChatBody,
  tokeniser: Pick<Tokeniser, 'count'>,
): Promise<PromptTokens> {
  const texts: string[] = [];
  let overhead = TOKENS_BEFORE_ANSWER;
  let images = 0;

  function addJson(value: unknown) {
    if (value !== undefined && value !== null) texts.push(JSON.stringify(value));
  }

  for (const message of body.messages) {
    overhead += TOKENS_PER_MESSAGE;
    if (typeof message.name === 'string') {
      overhead += TOKENS_PER_NAME;
      texts.push(message.name);
    }
    for (const field of TEXT_FIELDS) {
      const text = message[field];
      if (typeof text === 'string') texts.push(text);
    }
    for (const field of JSON_FIELDS) addJson(message[field]);
    const { content } = message;
    if (typeof content === 'string') texts.push(content);
    if (!Array.isArray(content)) continue;
    for (const part of content) {
      const url = imageUrlOf(part);
      if (url !== undefined) images += imageTokens(sizeOfImage(url));
      else if (isJsonObject(part) && typeof part.text === 'string') texts.push(part.text);
      else addJson(part);
    }
  }
  addJson(body.tools);
  addJson(body.functions);
  const format = body.response_format;
  if (isJsonObject(format) && format.type === 'json_schema') addJson(format.json_schema);

  const counted = await tokeniser.count(texts);
  const textTokens = counted.tokens + overhead;
  return { tokens: textTokens + images, textTokens, imageTokens: images, exact: counted.exact };
}

const TEXT_FIELDS = ['tool_call_id', 'reasoning_content', 'refusal'] as const;
const JSON_FIELDS = ['tool_calls', 'function_call'] as const;

function sizeOfImage(url: string) {
  const data = readDataUrl(url);
  return data === undefined ? undefined : readImageSize(data.head);
}
