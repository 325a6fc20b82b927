import { useEffect, useState } from 'react';
import type { AnswerEvent } from './answer-events.ts';
import { readAnswer } from './read-answer.ts';

/** What a running answer has become so far. */
export interface LiveAnswer {
  readonly text: string;
  readonly reasoning: string;
  readonly isLost: boolean;
  /** The log has its end; what it says is with the message. */
  readonly isOver: boolean;
}

const NOTHING_YET: LiveAnswer = { text: '', reasoning: '', isLost: false, isOver: false };

/** A page that is not looked at is drawn this seldom. */
const HIDDEN_MS = 250;

/** Reads a running answer along; what has come is shown once a frame. Nothing for an answer that does not run. */
export function useLiveAnswer(generationId: string | undefined, onOver: () => void): LiveAnswer {
  const [shown, show] = useState<{ of: string | undefined; live: LiveAnswer }>({
    of: undefined,
    live: NOTHING_YET,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another answer is read anew
  useEffect(() => {
    if (generationId === undefined) return;
    const stop = new AbortController();
    let live = NOTHING_YET;
    let cancel: (() => void) | undefined;
    const draw = () => {
      cancel = undefined;
      show({ of: generationId, live });
    };
    const change = (next: LiveAnswer) => {
      live = next;
      cancel ??= nextFrame(draw);
    };
    const onEvent = ({ kind, text }: AnswerEvent) => {
      if (kind === 'text' || kind === 'reasoning') change({ ...live, [kind]: live[kind] + text });
    };
    const onConnection = (isLost: boolean) => {
      if (live.isLost !== isLost) change({ ...live, isLost });
    };
    void readAnswer(generationId, { onEvent, onConnection }, stop.signal).then(() => {
      if (stop.signal.aborted) return;
      change({ ...live, isLost: false, isOver: true });
      onOver();
    });
    return () => {
      stop.abort();
      cancel?.();
    };
  }, [generationId]);
  return shown.of === generationId ? shown.live : NOTHING_YET;
}

/** Frames do not come to a hidden page, so there it is a clock. */
function nextFrame(draw: () => void): () => void {
  if (document.hidden) {
    const timer = setTimeout(draw, HIDDEN_MS);
    return () => clearTimeout(timer);
  }
  const frame = requestAnimationFrame(draw);
  return () => cancelAnimationFrame(frame);
}
