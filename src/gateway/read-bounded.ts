/**
 * Reads a body as text; undefined when it is longer than the bound, and then the rest is not read. `onPiece` hears
 * that something came.
 */
export async function readBounded(
  body: ReadableStream<Uint8Array>,
  limitBytes: number,
  onPiece: () => void = () => {},
): Promise<string | undefined> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    onPiece();
    bytes += value.length;
    if (bytes > limitBytes) {
      await reader.cancel().catch(() => {});
      return undefined;
    }
    text += decoder.decode(value, { stream: true });
  }
}
