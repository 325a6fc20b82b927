import { ApiError } from './api-error.ts';
import { toEngineSchema } from './engine-schema.ts';
import type { Llama } from './llama-binding.ts';
import type { ResponseFormat } from './read-chat-request.ts';

/** The grammar that an answer must follow, or undefined for free text. */
export async function responseGrammar(llama: Llama, format: ResponseFormat): Promise<object | undefined> {
  if (format.kind === 'text') return undefined;
  if (format.kind === 'json') return llama.getGrammarFor('json');
  const schema = toEngineSchema(format.schema);
  try {
    return await llama.createGrammarForJsonSchema(schema);
  } catch {
    const why = 'The schema of response_format cannot be turned into a grammar.';
    throw new ApiError(400, 'invalid_schema', why, 'response_format');
  }
}
