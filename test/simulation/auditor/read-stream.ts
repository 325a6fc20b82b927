/**
 * The auditor's own reading of a stream of events: it splits at empty lines and knows no more of the format than that.
 * Given the same bytes in any pieces, it reads the same.
 */
export interface ReadEvent {
  readonly name: string;
  readonly data: string;
}

export class StreamReading {
  readonly #decoder = new TextDecoder();
  #rest = '';
  #endedLine = false;

  /** The events that are complete after this piece; comments are none. */
  push(bytes: Uint8Array): ReadEvent[] {
    let text = this.#decoder.decode(bytes, { stream: true });
    if (text === '') return [];
    // A carriage return ends a line by itself; a line feed that follows it ends nothing more.
    if (this.#endedLine && text.startsWith('\n')) text = text.slice(1);
    this.#endedLine = text.endsWith('\r') || (text === '' && this.#endedLine);
    this.#rest += text.replaceAll('\r\n', '\n').replaceAll('\r', '\n');
    const blocks = this.#rest.split('\n\n');
    this.#rest = blocks.pop() ?? '';
    return blocks.flatMap((block) => {
      const lines = block.split('\n');
      const data = lines.filter((line) => line.startsWith('data:')).map((line) => line.slice(5).trimStart());
      if (data.length === 0) return [];
      const name =
        lines
          .find((line) => line.startsWith('event:'))
          ?.slice(6)
          .trim() ?? '';
      return [{ name, data: data.join('\n') }];
    });
  }
}

/** What one event of a chat stream says, or why it says nothing. */
export type ChatEvent =
  | { readonly kind: 'done' | 'error' | 'bad' | 'ignored' }
  | {
      readonly kind: 'chunk';
      readonly id: unknown;
      readonly usage: Record<string, unknown> | undefined;
      /** A figure in a place of one provider's own, which passes through as it is. */
      readonly usageElsewhere: Record<string, unknown> | undefined;
      readonly choices: readonly ChatChoice[];
    };

export interface ChatChoice {
  readonly index: number;
  readonly content: string;
  readonly reasoning: string;
  readonly finish: string | null;
}

type Json = Record<string, unknown>;

export function readChatEvent({ name, data }: ReadEvent): ChatEvent {
  if (name !== '') return { kind: name === 'error' ? 'error' : 'ignored' };
  if (data === '[DONE]') return { kind: 'done' };
  let value: Json;
  try {
    value = JSON.parse(data) as Json;
  } catch {
    return { kind: 'bad' };
  }
  if (value.error !== undefined) return { kind: 'error' };
  if (!Array.isArray(value.choices)) return { kind: 'bad' };
  const elsewhere = (value.x_groq as Json | undefined)?.usage;
  return {
    kind: 'chunk',
    id: value.id,
    usage: value.usage as Json | undefined,
    usageElsewhere: elsewhere as Json | undefined,
    choices: (value.choices as Json[]).map((choice) => {
      const delta = (choice.delta ?? choice.message ?? {}) as Json;
      return {
        index: Number(choice.index),
        content: String(delta.content ?? ''),
        reasoning: String(delta.reasoning_content ?? ''),
        finish: (choice.finish_reason as string | null | undefined) ?? null,
      };
    }),
  };
}
