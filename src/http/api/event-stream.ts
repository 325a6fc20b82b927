import type { Clock } from '../../ports/clock.ts';
import type { ApiCall } from './api-route.ts';
import { answerProblem, problem } from './problem.ts';

/** Proxies close what is silent for longer. */
const HEARTBEAT_MS = 15_000;

/** A page that is left open asks again; a session that has ended is found out by that. */
const LONGEST_MS = 30 * 60_000;

/** Sends one event; resolves when the reader has room for the next. */
export type SendEvent = (name: string, data: unknown, id?: string) => Promise<void>;

/** How many live answers one process keeps open; each costs a look at the database every second. */
const MAXIMUM_OPEN = 200;

/** Counts the live answers of a process. */
export class LiveAnswers {
  #open = 0;

  /** False when there are as many as there may be. */
  enter(): boolean {
    if (this.#open >= MAXIMUM_OPEN) return false;
    this.#open += 1;
    return true;
  }

  leave(): void {
    this.#open -= 1;
  }
}

/**
 * Answers with server-sent events for as long as `run` sends them, the reader stays and the time allowed is not over.
 * Whatever ends it aborts the signal that `run` gets; a reader that does not read holds it back.
 */
export function answerEvents(
  { clock, live }: { readonly clock: Clock; readonly live: LiveAnswers },
  { request, language }: Pick<ApiCall, 'request' | 'language'>,
  run: (send: SendEvent, signal: AbortSignal) => Promise<void>,
): Response {
  if (!live.enter()) return answerProblem(problem('too-many'), language);
  const stop = new AbortController();
  const encoder = new TextEncoder();
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  const write = async (text: string) => {
    await writer.ready;
    await writer.write(encoder.encode(text));
  };
  const end = () => stop.abort();
  request.signal.addEventListener('abort', end, { once: true });
  writer.closed.catch(end);
  const cancelLongest = clock.after(LONGEST_MS, end);
  let cancelBeat = () => {};
  const beat = () => {
    cancelBeat = clock.after(HEARTBEAT_MS, () => {
      write(': still here\n\n').then(beat, end);
    });
  };
  beat();
  const send: SendEvent = (name, data, id) =>
    write(`${id === undefined ? '' : `id: ${id}\n`}event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
  void write('retry: 2000\n\n')
    .then(() => run(send, stop.signal))
    .catch(() => {})
    .finally(() => {
      end();
      cancelBeat();
      cancelLongest();
      request.signal.removeEventListener('abort', end);
      live.leave();
      writer.close().catch(() => {});
    });
  return new Response(readable, {
    headers: {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    },
  });
}
