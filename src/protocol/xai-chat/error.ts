import type { Failure } from '../../domain/failure.ts';
import { isJsonObject, type JsonValue, parseJson } from '../parse-json.ts';

/** Which dialect of the same API a caller speaks: xAI's on `/v1`, OpenAI's error object on `/openai/v1`. */
export type Dialect = 'xai' | 'openai';

/** The JSON text of an error body. */
export function writeError(failure: Failure, dialect: Dialect): string {
  if (dialect === 'xai') return JSON.stringify({ code: failure.code, error: failure.message });
  const { type, code } = failure.openai;
  return JSON.stringify({ error: { message: failure.message, type, param: null, code } });
}

export function errorStatus(failure: Failure, dialect: Dialect): number {
  return dialect === 'xai' ? failure.httpStatus : failure.openai.status;
}

/** An error in mid-stream: a data event whose `error` every client library throws on. */
export function writeStreamError(failure: Failure, dialect: Dialect): string {
  const { type, code } = failure.openai;
  // On the xAI wire `error` is a sentence, but LibreChat and the AI SDK show `error.message` of a stream's event.
  const error = {
    message: failure.message,
    type,
    param: null,
    code: dialect === 'xai' ? failure.code : code,
  };
  return JSON.stringify(dialect === 'xai' ? { code: failure.code, error } : { error });
}

/** The most of an upstream's sentence that is passed on. */
const MAXIMUM_SENTENCE_CHARACTERS = 500;

/**
 * The sentence in an upstream's error body, whatever its shape; bounded, on one line, without control
 * characters. Undefined when there is none.
 */
export function readErrorSentence(text: string): string | undefined {
  const parsed = parseJson(text);
  if (!parsed.ok) return undefined;
  // Google wraps its error object in an array.
  const sentence = findSentence(Array.isArray(parsed.value) ? parsed.value[0] : parsed.value);
  if (sentence === undefined) return undefined;
  const clean = sentence.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  return clean === '' ? undefined : clean.slice(0, MAXIMUM_SENTENCE_CHARACTERS).toWellFormed();
}

/** `error` may be the sentence or hold it; `message` and `detail` may stand inside it or alone. */
function findSentence(value: JsonValue | undefined): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  if (!isJsonObject(value)) return undefined;
  return findSentence(value.error) ?? findSentence(value.message) ?? findSentence(value.detail);
}
