import { isJsonObject, type JsonObject } from '../protocol/parse-json.ts';
import { EventParser } from '../protocol/server-sent-events/parse-events.ts';
import { readStreamChunk } from '../protocol/xai-chat/stream.ts';
import type { Charge } from './find-bill.ts';

/** A piece of an answer. */
export interface Piece {
  readonly kind: 'text' | 'reasoning';
  readonly text: string;
}

/** Reads the stream of an answer: its pieces as they come, and in the end what it cost and why it ended. */
export class AnswerReader {
  readonly #parser = new EventParser();
  /** Undefined until the stream came to it. */
  bill: Charge | undefined;
  /** The model's own word for its end. */
  finishReason: string | null = null;
  /** The public sentence of a failure in the stream. */
  failure: string | undefined;

  push(bytes: Uint8Array): readonly Piece[] {
    return this.#parser.push(bytes).flatMap(({ data }) => this.#read(data));
  }

  #read(data: string): Piece[] {
    const chunk = readStreamChunk(data);
    if (chunk.kind === 'error') this.failure = errorSentence(data);
    if (chunk.kind !== 'chunk') return [];
    const cost = costTicks(chunk.value);
    if (chunk.usage !== undefined && cost !== undefined) {
      const { inputTokens, outputTokens, reasoningTokens } = chunk.usage;
      this.bill = { costTicks: cost, inputTokens, outputTokens, reasoningTokens };
    }
    const choice = Array.isArray(chunk.value.choices) ? chunk.value.choices[0] : undefined;
    if (!isJsonObject(choice)) return [];
    if (typeof choice.finish_reason === 'string') this.finishReason = choice.finish_reason;
    return isJsonObject(choice.delta) ? piecesOf(choice.delta) : [];
  }
}

function piecesOf({ reasoning_content, content }: JsonObject): Piece[] {
  const pieces: Piece[] = [];
  if (typeof reasoning_content === 'string' && reasoning_content !== '')
    pieces.push({ kind: 'reasoning', text: reasoning_content });
  if (typeof content === 'string' && content !== '') pieces.push({ kind: 'text', text: content });
  return pieces;
}

/** A number that is not exact is no bill. */
function costTicks({ usage }: JsonObject): bigint | undefined {
  const cost = isJsonObject(usage) ? usage.cost_in_usd_ticks : undefined;
  return Number.isSafeInteger(cost) && (cost as number) >= 0 ? BigInt(cost as number) : undefined;
}

function errorSentence(data: string): string {
  const value: unknown = JSON.parse(data);
  const error = isJsonObject(value) ? value.error : undefined;
  if (isJsonObject(error) && typeof error.message === 'string') return error.message;
  return typeof error === 'string' ? error : 'The model failed.';
}
