import type { ToolCall } from './draft.ts';

/** What a call was answered, as far as it has come. */
export interface Answer {
  readonly text: string;
  readonly reasoning: string;
  readonly toolCalls: readonly ToolCall[];
  readonly finish: string | undefined;
  readonly usage: AnswerUsage | undefined;
  /** An error's own words. */
  readonly error: string | undefined;
}

export interface AnswerUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly costTicks: string | undefined;
}

export const NO_ANSWER: Answer = {
  text: '',
  reasoning: '',
  toolCalls: [],
  finish: undefined,
  usage: undefined,
  error: undefined,
};

/** The members of completions and chunks that are shown; whatever else they hold is in the raw answer. */
interface Said {
  readonly error?: string | { readonly message?: string };
  readonly choices?: readonly {
    readonly index?: number;
    readonly finish_reason?: string | null;
    readonly message?: SaidMessage;
    readonly delta?: SaidMessage;
  }[];
  readonly usage?: {
    readonly prompt_tokens?: number;
    readonly completion_tokens?: number;
    readonly completion_tokens_details?: { readonly reasoning_tokens?: number };
    readonly cost_in_usd_ticks?: number;
  } | null;
}

interface SaidMessage {
  readonly content?: string | null;
  readonly reasoning_content?: string | null;
  readonly tool_calls?: readonly {
    readonly index?: number;
    readonly id?: string;
    readonly function?: { readonly name?: string; readonly arguments?: string };
  }[];
}

/** Adds a chunk of a stream, or all of an answer that came in one piece. */
export function addSaid(answer: Answer, said: Said): Answer {
  const choice = said.choices?.find(({ index = 0 }) => index === 0);
  const message = choice?.delta ?? choice?.message ?? {};
  const { error, usage } = said;
  return {
    text: answer.text + (message.content ?? ''),
    reasoning: answer.reasoning + (message.reasoning_content ?? ''),
    toolCalls: addToolCalls(answer.toolCalls, message.tool_calls ?? []),
    finish: choice?.finish_reason ?? answer.finish,
    usage:
      usage === undefined || usage === null
        ? answer.usage
        : {
            inputTokens: usage.prompt_tokens ?? 0,
            outputTokens: usage.completion_tokens ?? 0,
            costTicks: usage.cost_in_usd_ticks?.toString(),
          },
    error: error === undefined ? answer.error : typeof error === 'string' ? error : (error.message ?? ''),
  };
}

/** The first piece of a call has its id and name; later ones add to its arguments. */
function addToolCalls(
  before: readonly ToolCall[],
  pieces: NonNullable<SaidMessage['tool_calls']>,
): readonly ToolCall[] {
  if (pieces.length === 0) return before;
  const calls = [...before];
  for (const [place, piece] of pieces.entries()) {
    const at = piece.index ?? place;
    const call = calls[at] ?? { id: '', name: '', arguments: '' };
    calls[at] = {
      id: piece.id ?? call.id,
      name: call.name + (piece.function?.name ?? ''),
      arguments: call.arguments + (piece.function?.arguments ?? ''),
    };
  }
  return calls;
}

/** Takes the whole events out of what has arrived of a stream, and leaves the beginning of the next one. */
export function takeChunks(received: string): { readonly chunks: readonly Said[]; readonly rest: string } {
  const events = received.split('\n\n');
  const rest = events.pop() ?? '';
  return { chunks: events.flatMap(readChunk), rest };
}

function readChunk(event: string): Said[] {
  const data = /^data: ?(.*)$/m.exec(event)?.[1];
  return data === undefined || data === '[DONE]' ? [] : readSaid(data);
}

/** What is no JSON is shown in the raw answer and nowhere else. */
export function readSaid(text: string): Said[] {
  try {
    return [JSON.parse(text) as Said];
  } catch {
    return [];
  }
}
