import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Link } from 'wouter';
import type { ListedChat } from '../../src/http/api/wire/chat.ts';
import { usePages } from '../api/use-pages.ts';
import { Icon } from '../design/icons.tsx';
import { Failed, Skeleton } from '../design/section-state.tsx';
import { Wordmark } from '../design/wordmark.tsx';
import { useLanguage } from '../shell/language.ts';
import { monthOfText } from '../shell/moments.ts';
import { ChatIcon } from './chat-icons.tsx';
import { CHATS_PATH } from './chat-paths.ts';
import { ChatRow } from './chat-row.tsx';
import { type ChatGroup, groupChats } from './group-chats.ts';
import { SearchChats } from './search-chats.tsx';
import { shortcut } from './shortcut.ts';
import { SideFoot } from './side-foot.tsx';
import { Trash } from './trash.tsx';
import type { ChatEdits } from './use-chats.ts';
import type { ChatWords } from './words.en.ts';

/** How soon a list knows that an answer which is not read along has ended. */
const LOOK_MS = 4_000;

interface ChatSideProps {
  readonly words: ChatWords;
  readonly chatId: string | undefined;
  readonly edits: ChatEdits;
  /** On a phone, where it is a drawer. */
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onRemoved: (chatId: string) => void;
}

/** The conversations of a person, by day, with a search over all of them. */
export function ChatSide(props: ChatSideProps): ReactNode {
  const { words, isOpen, onClose } = props;
  const [isSearching, setSearching] = useState(false);
  const [isInTrash, setInTrash] = useState(false);
  const side = useRef<HTMLElement>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      // The palette of every page has ⌘K.
      if (!(event.metaKey || event.ctrlKey) || !event.shiftKey || event.code !== 'KeyF') return;
      event.preventDefault();
      setSearching(true);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
  useEffect(() => {
    if (!isOpen) return;
    const onKey = (event: KeyboardEvent) => event.key === 'Escape' && onClose();
    addEventListener('keydown', onKey);
    side.current?.querySelector<HTMLElement>('a, button')?.focus();
    return () => removeEventListener('keydown', onKey);
  }, [isOpen, onClose]);
  return (
    <>
      <aside className="cside" data-open={isOpen} ref={side}>
        <div className="ctop">
          <Link href="/console" className="brand" title={words.toConsole}>
            <Wordmark />
          </Link>
          <button type="button" className="ib push only-m" aria-label={words.closeSide} onClick={onClose}>
            <ChatIcon name="side" />
          </button>
        </div>
        <nav className="cnav" aria-label={words.list.label}>
          <Link href="/chat" className="nav-i" onClick={onClose}>
            <ChatIcon name="compose" />
            {words.newChat}
            <kbd>{shortcut('O')}</kbd>
          </Link>
          {!isSearching && (
            <button type="button" className="nav-i" onClick={() => setSearching(true)}>
              <Icon name="find" />
              {words.list.search}
              <kbd>{shortcut('F')}</kbd>
            </button>
          )}
        </nav>
        {isSearching ? (
          <SearchChats words={words} chatId={props.chatId} onEnd={() => setSearching(false)} />
        ) : isInTrash ? (
          <Trash words={words} edits={props.edits} onEnd={() => setInTrash(false)} />
        ) : (
          <ChatList {...props} onTrash={() => setInTrash(true)} />
        )}
        <SideFoot words={words} />
      </aside>
      {isOpen && <button type="button" className="drawer-s" aria-label={words.closeSide} onClick={onClose} />}
    </>
  );
}

/** What is being answered here or elsewhere is over at some moment. */
function useLookingAgain(isAnswering: boolean): void {
  const queries = useQueryClient();
  useEffect(() => {
    if (!isAnswering) return;
    const timer = setInterval(() => void queries.invalidateQueries({ queryKey: [CHATS_PATH] }), LOOK_MS);
    return () => clearInterval(timer);
  }, [isAnswering, queries]);
}

function ChatList(props: ChatSideProps & { readonly onTrash: () => void }): ReactNode {
  const { words, chatId, edits, onRemoved, onTrash } = props;
  const language = useLanguage();
  const pages = usePages<ListedChat>(CHATS_PATH);
  const chats = pages.data?.pages.flatMap(({ rows }) => rows) ?? [];
  useLookingAgain(chats.some(({ isAnswering }) => isAnswering));
  const nameOf = ({ name, monthDay }: ChatGroup) =>
    name === 'month' ? monthOfText(monthDay, language) : words.list.group[name];
  return (
    <div className="clist">
      {pages.isPending && <Skeleton label={words.list.loading} rows={6} />}
      {pages.error !== null && (
        <Failed text={words.list.failed} again={words.list.again} onAgain={() => void pages.refetch()} />
      )}
      {pages.data !== undefined && chats.length === 0 && <p className="meta t3 none">{words.list.empty}</p>}
      {groupChats(chats, Date.now()).map((group) => (
        <section key={`${group.name}${group.monthDay}`}>
          <h2 className="micro">{nameOf(group)}</h2>
          <ul>
            {group.chats.map((chat) => (
              <ChatRow
                key={chat.id}
                chat={chat}
                isShown={chat.id === chatId}
                edits={edits}
                onRemoved={onRemoved}
                words={words}
              />
            ))}
          </ul>
        </section>
      ))}
      {pages.hasNextPage && (
        <button
          type="button"
          className="btn ghost sm block"
          disabled={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          <Icon name="plus" />
          {words.list.more}
        </button>
      )}
      {pages.data !== undefined && (
        <button type="button" className="cr trash" onClick={onTrash}>
          <ChatIcon name="trash" />
          {words.trash.open}
        </button>
      )}
    </div>
  );
}
