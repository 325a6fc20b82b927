import type { ReactNode } from 'react';
import type { Chat } from '../../src/http/api/wire/chat.ts';
import { usePages } from '../api/use-pages.ts';
import { Icon } from '../design/icons.tsx';
import { Failed, Skeleton } from '../design/section-state.tsx';
import { TRASH_PATH } from './chat-paths.ts';
import type { ChatEdits } from './use-chats.ts';
import type { ChatWords } from './words.en.ts';

/** What was deleted and is not yet gone. */
export function Trash(props: {
  readonly words: ChatWords;
  readonly edits: ChatEdits;
  readonly onEnd: () => void;
}): ReactNode {
  const { words, edits, onEnd } = props;
  const pages = usePages<Chat>(TRASH_PATH);
  const chats = pages.data?.pages.flatMap(({ rows }) => rows) ?? [];
  return (
    <div className="clist">
      <div className="row between trash-h">
        <h2 className="micro">{words.trash.open}</h2>
        <button
          type="button"
          className="ib"
          aria-label={words.trash.close}
          title={words.trash.close}
          onClick={onEnd}
        >
          <Icon name="close" />
        </button>
      </div>
      {pages.isPending && <Skeleton label={words.list.loading} rows={3} />}
      {pages.error !== null && (
        <Failed text={words.list.failed} again={words.list.again} onAgain={() => void pages.refetch()} />
      )}
      <ul>
        {chats.map((chat) => (
          <li className="cr trashed" key={chat.id}>
            <span className="ell grow">{chat.title}</span>
            <button
              type="button"
              className="btn ghost sm"
              aria-label={words.trash.bringBackOf(chat.title)}
              onClick={() => edits.bringBack(chat)}
            >
              {words.trash.bringBack}
            </button>
          </li>
        ))}
      </ul>
      {pages.hasNextPage && (
        <button type="button" className="btn ghost sm block" onClick={() => void pages.fetchNextPage()}>
          {words.list.more}
        </button>
      )}
      {pages.data !== undefined && (
        <p className="meta t3 none">{chats.length === 0 ? words.trash.empty : words.trash.hint}</p>
      )}
    </div>
  );
}
