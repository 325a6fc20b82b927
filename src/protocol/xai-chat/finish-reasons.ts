import { isJsonObject, type JsonObject } from '../parse-json.ts';

/** The reasons that the wire knows. */
const KNOWN: readonly string[] = ['stop', 'length', 'tool_calls', 'content_filter', 'function_call'];

/**
 * Why the choices of an answer or of a chunk ended, in the order of the wire. A word of the upstream's own becomes
 * `other`: what is reported elsewhere must come from a closed list.
 */
export function finishReasonsOf({ choices }: JsonObject): string[] {
  if (!Array.isArray(choices)) return [];
  return choices.flatMap((choice) => {
    const reason = isJsonObject(choice) ? choice.finish_reason : undefined;
    if (typeof reason !== 'string' || reason === '') return [];
    return [KNOWN.includes(reason) ? reason : 'other'];
  });
}
