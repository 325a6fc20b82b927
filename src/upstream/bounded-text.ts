/** A text of which no more was read than was allowed. */
export interface BoundedText {
  readonly text: string;
  /** False when there was more. */
  readonly isWhole: boolean;
}

/** Reads a body up to a number of bytes; the rest is not asked for. Rejects as the stream does. */
export async function readBoundedText(
  body: ReadableStream<Uint8Array>,
  maximumBytes: number,
): Promise<BoundedText> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let text = '';
  for (let bytes = 0; ; ) {
    const { done, value } = await reader.read();
    if (done) return { text: text + decoder.decode(), isWhole: true };
    bytes += value.length;
    text += decoder.decode(value, { stream: true });
    if (bytes <= maximumBytes) continue;
    reader.cancel().catch(() => {});
    return { text: text.slice(0, maximumBytes), isWhole: false };
  }
}
