/** What a request of the bench asks for. */
export interface BodyOptions {
  readonly model: string;
  /** The whole body has so many bytes; a smaller number means as small as it can be. */
  readonly sizeBytes?: number;
  /** A stream of so many chunks, one every so many milliseconds; else a whole answer. */
  readonly stream?: { readonly chunks: number; readonly intervalMs: number };
}

const WORDS = 'what is the meaning of life the universe and everything ';

/**
 * A chat completion as the clients of the walk-through send it, filled up with plain words. What the mock is to answer
 * is said in the prompt, which every gateway passes on.
 */
export function requestBody({ model, sizeBytes = 0, stream }: BodyOptions): string {
  const mark = stream === undefined ? '[mock 0 0]' : `[mock ${stream.chunks} ${stream.intervalMs}]`;
  const write = (words: string) =>
    JSON.stringify({
      messages: [
        { role: 'system', content: 'You are Grok.' },
        { role: 'user', content: `${mark}${words}` },
      ],
      model,
      stream: stream !== undefined,
      ...(stream === undefined ? {} : { stream_options: { include_usage: true } }),
      temperature: 0,
    });
  const missing = Math.max(0, sizeBytes - write('').length);
  return write(WORDS.repeat(Math.ceil(missing / WORDS.length)).slice(0, missing));
}
