import type { Clock } from '../ports/clock.ts';

export interface Bounds {
  readonly bytes: number;
  /** What has come by then is taken for all of it. */
  readonly deadline?: { readonly clock: Clock; readonly afterMs: number };
  /** Hears that something came. */
  readonly onPiece?: () => void;
}

/** Reads a body as text; undefined when it is longer than the bound, and then the rest is not read. */
export async function readBounded(
  body: ReadableStream<Uint8Array>,
  { bytes: mostBytes, deadline, onPiece }: Bounds,
): Promise<string | undefined> {
  const reader = body.getReader();
  const leave = () => reader.cancel().catch(() => {});
  const cancelDeadline = deadline?.clock.after(deadline.afterMs, leave);
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return text + decoder.decode();
      onPiece?.();
      bytes += value.length;
      if (bytes > mostBytes) {
        await leave();
        return undefined;
      }
      text += decoder.decode(value, { stream: true });
    }
  } finally {
    cancelDeadline?.();
  }
}
