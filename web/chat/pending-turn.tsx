import type { ReactNode } from 'react';
import { SentPictures } from './sent-pictures.tsx';
import { type Pending, urlOf } from './use-turns.ts';
import type { ChatWords } from './words.en.ts';

/** What was just sent, until the server has it. */
export function PendingTurn(props: {
  readonly chatId: string;
  readonly pending: Pending;
  readonly words: ChatWords;
}): ReactNode {
  const { chatId, pending, words } = props;
  return (
    <article className="turn user is-pending" aria-label={words.turn.you}>
      <SentPictures urls={pending.pictures.map((picture) => urlOf(chatId, picture))} words={words} />
      {pending.text !== '' && <div className="bub">{pending.text}</div>}
    </article>
  );
}
