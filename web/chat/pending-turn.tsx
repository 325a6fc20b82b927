import type { ReactNode } from 'react';
import type { ChatWords } from './words.en.ts';

/** What was just sent, until the server has it. */
export function PendingTurn({
  text,
  words,
}: {
  readonly text: string;
  readonly words: ChatWords;
}): ReactNode {
  return (
    <article className="turn user is-pending" aria-label={words.turn.you}>
      <div className="bub">{text}</div>
    </article>
  );
}
