import { UpstreamError } from '../upstream.ts';

/**
 * The pieces as a body: each is made when the reader asks for it and not before, so a slow reader costs no
 * memory. Aborting the signal breaks the body at once, as a closed connection would. `write` gets a signal of
 * its own that is aborted whenever nobody wants more pieces, so that no wait outlives its reader.
 */
export function streamBody(
  write: (unwanted: AbortSignal) => AsyncGenerator<string>,
  signal: AbortSignal,
): ReadableStream<Uint8Array> {
  const utf8 = new TextEncoder();
  const unwanted = new AbortController();
  const pieces = write(unwanted.signal);
  let onAbort = () => {};

  function end() {
    signal.removeEventListener('abort', onAbort);
    unwanted.abort();
    // Lets the writer's own endings run; what it still wants to say nobody hears.
    void pieces.return(undefined).catch(() => {});
  }

  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        onAbort = () => {
          controller.error(new UpstreamError('aborted', 'The call was ended while the simulator wrote.'));
          end();
        };
        if (signal.aborted) onAbort();
        else signal.addEventListener('abort', onAbort, { once: true });
      },
      async pull(controller) {
        try {
          const { done, value } = await pieces.next();
          if (unwanted.signal.aborted) return;
          if (!done) return controller.enqueue(utf8.encode(value));
          end();
          controller.close();
        } catch (reason) {
          if (unwanted.signal.aborted) return;
          end();
          controller.error(reason);
        }
      },
      cancel: end,
    },
    { highWaterMark: 0 },
  );
}
