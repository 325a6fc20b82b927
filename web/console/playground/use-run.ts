import { useCallback, useEffect, useRef, useState } from 'react';
import type { RequestDetail } from '../../../src/http/api/wire/requests.ts';
import { ask, Refused } from '../../api/ask.ts';
import { type Answer, addSaid, NO_ANSWER, readSaid, takeChunks } from './answer.ts';
import type { CallBody } from './draft.ts';

/** One call as far as it has come. */
export interface Run {
  readonly state: 'running' | 'done' | 'stopped' | 'failed';
  readonly body: CallBody;
  readonly answer: Answer;
  /** As it came over the wire, up to a bound. */
  readonly raw: string;
  /** Undefined until there is an answer. */
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  readonly firstMs: number | undefined;
  readonly ms: number | undefined;
}

/** A longer raw answer is of no use to a reader, and slows the page. */
const MOST_RAW_CHARACTERS = 500_000;
/** A request that was stopped is settled within a moment; then it is known what it cost. */
const SETTLED_TRIES = 6;
const SETTLED_MS = 500;

interface Running {
  readonly run: Run | undefined;
  readonly start: (body: CallBody) => void;
  readonly stop: () => void;
  readonly clear: () => void;
}

/** Sends calls of the playground, one at a time, and reads along. */
export function useRun(teamId: string): Running {
  const [run, setRun] = useState<Run | undefined>();
  const stopper = useRef<AbortController | undefined>(undefined);
  useEffect(() => () => stopper.current?.abort(), []);
  const start = useCallback(
    (body: CallBody) => {
      stopper.current?.abort();
      const stopping = new AbortController();
      stopper.current = stopping;
      const show = (next: Run) => {
        // A call that another one has taken the place of is not shown any more.
        if (stopper.current === stopping) setRun(next);
      };
      void call(teamId, body, stopping.signal, show);
    },
    [teamId],
  );
  const stop = useCallback(() => stopper.current?.abort(), []);
  const clear = useCallback(() => {
    stopper.current?.abort();
    stopper.current = undefined;
    setRun(undefined);
  }, []);
  return { run, start, stop, clear };
}

async function call(
  teamId: string,
  body: CallBody,
  signal: AbortSignal,
  show: (run: Run) => void,
): Promise<void> {
  const beganMs = performance.now();
  let run: Run = {
    ...{ state: 'running', body, answer: NO_ANSWER, raw: '' },
    ...{ status: undefined, requestId: undefined, firstMs: undefined, ms: undefined },
  };
  const become = (part: Partial<Run>) => {
    run = { ...run, ...part };
    show(run);
  };
  become({});
  try {
    const response = await fetch(`/api/v1/teams/${teamId}/playground/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal,
    });
    become({
      status: response.status,
      requestId: response.headers.get('x-request-id') ?? undefined,
    });
    const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
    await readAlong(response, isStream, (text, whole) => {
      const answer = whole.reduce(addSaid, run.answer);
      const hasBegun = answer.text !== '' || answer.reasoning !== '' || answer.toolCalls.length > 0;
      become({
        answer,
        raw: (run.raw + text).slice(0, MOST_RAW_CHARACTERS),
        firstMs: run.firstMs ?? (hasBegun ? performance.now() - beganMs : undefined),
      });
    });
    const isWell = response.ok && run.answer.error === undefined;
    become({ state: isWell ? 'done' : 'failed', ms: performance.now() - beganMs });
  } catch {
    become({ state: signal.aborted ? 'stopped' : 'failed', ms: performance.now() - beganMs });
  }
  if (run.requestId !== undefined && run.answer.usage === undefined && run.status === 200) {
    const usage = await settledUsage(teamId, run.requestId);
    if (usage !== undefined) become({ answer: { ...run.answer, usage } });
  }
}

type Said = ReturnType<typeof readSaid>;

/** Hands on each piece of text with the whole messages that it completes. */
async function readAlong(
  response: Response,
  isStream: boolean,
  onPiece: (text: string, whole: Said) => void,
): Promise<void> {
  if (!isStream) {
    const text = await response.text();
    onPiece(text, readSaid(text));
    return;
  }
  const reader = (response.body ?? new Blob([]).stream()).pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const taken = takeChunks(rest + value);
    rest = taken.rest;
    onPiece(value, [...taken.chunks]);
  }
}

/** What a request cost whose end did not reach this page. */
async function settledUsage(teamId: string, requestId: string): Promise<Answer['usage']> {
  for (let tries = 0; tries < SETTLED_TRIES; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, SETTLED_MS));
    try {
      const { inputTokens, outputTokens, costTicks } = await ask<RequestDetail>(
        'GET',
        `/teams/${teamId}/requests/${requestId}`,
      );
      return { inputTokens, outputTokens, costTicks };
    } catch (error) {
      if (!(error instanceof Refused && error.status === 404)) return undefined;
    }
  }
  return undefined;
}
