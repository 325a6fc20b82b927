import { Refused, send } from '../api/ask.ts';
import { type AnswerEvent, takeEvents, waitBeforeTry } from './answer-events.ts';

/** The server says something every 15 s; a connection that is silent for longer is dead without a word. */
const SILENCE_MS = 35_000;

interface Reader {
  readonly onEvent: (event: AnswerEvent) => void;
  /** The connection is down, and is being tried again; or it is there again. */
  readonly onConnection: (isLost: boolean) => void;
}

/**
 * Reads an answer's log from its beginning to its end. Whenever the connection breaks it is tried again after the last
 * event that came, at once when the browser is back online or the page is looked at again. Resolves at the end, when
 * there is no such log, and when the signal is aborted.
 */
export async function readAnswer(generationId: string, reader: Reader, signal: AbortSignal): Promise<void> {
  let last = 0;
  let failures = 0;
  while (!signal.aborted) {
    try {
      const isOver = await readOnce(
        generationId,
        last,
        (event) => {
          failures = 0;
          last = event.number;
          reader.onEvent(event);
        },
        () => reader.onConnection(false),
        signal,
      );
      if (isOver) return;
    } catch (error) {
      // Signed out, or somebody else's: another try would be answered the same.
      if (error instanceof Refused && error.status < 500 && error.status !== 429) return;
    }
    if (signal.aborted) return;
    failures += 1;
    // A first break is mended before anybody could read about it.
    if (failures > 1) reader.onConnection(true);
    await waitOrWake(waitBeforeTry(failures, Math.random()), signal);
  }
}

/** One connection. True when the log's end has come. */
async function readOnce(
  generationId: string,
  after: number,
  onEvent: (event: AnswerEvent) => void,
  onOpen: () => void,
  signal: AbortSignal,
): Promise<boolean> {
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), SILENCE_MS);
  try {
    const both = AbortSignal.any([signal, silence.signal]);
    const path = `/chat/generations/${generationId}/events?after=${after}`;
    const { body } = await send('GET', path, undefined, both);
    onOpen();
    const reader = (body ?? new Blob([]).stream()).pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return false;
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), SILENCE_MS);
      const taken = takeEvents(rest + value);
      rest = taken.rest;
      for (const event of taken.events) onEvent(event);
      if (taken.events.some(({ kind }) => kind === 'end')) {
        await reader.cancel();
        return true;
      }
    }
  } finally {
    clearTimeout(timer);
  }
}

function waitOrWake(delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const over = new AbortController();
    const wake = () => {
      clearTimeout(timer);
      over.abort();
      resolve();
    };
    const timer = setTimeout(wake, delayMs);
    signal.addEventListener('abort', wake, { signal: over.signal });
    addEventListener('online', wake, { signal: over.signal });
    const onLook = () => document.visibilityState === 'visible' && wake();
    document.addEventListener('visibilitychange', onLook, { signal: over.signal });
  });
}
