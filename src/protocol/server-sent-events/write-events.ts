/** What ends a stream that is whole. A stream that was cut off ends without it. */
export const DONE_EVENT = 'data: [DONE]\n\n';

/** A comment: clients skip it, proxies and idle timers see that the stream lives. */
export const HEARTBEAT = ': keep-alive\n\n';

/** One event; `data` must hold no line break (JSON texts hold none). */
export function dataEvent(data: string): string {
  return `data: ${data}\n\n`;
}
