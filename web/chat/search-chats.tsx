import { type ReactNode, useDeferredValue, useState } from 'react';
import { Link } from 'wouter';
import type { ChatFindings } from '../../src/http/api/wire/chat.ts';
import { useAnswer } from '../api/use-answer.ts';
import { Icon } from '../design/icons.tsx';
import { Failed } from '../design/section-state.tsx';
import type { ChatWords } from './words.en.ts';

/** Looks through the titles and messages of all conversations, at the server. */
export function SearchChats(props: {
  readonly words: ChatWords;
  readonly chatId: string | undefined;
  readonly onEnd: () => void;
}): ReactNode {
  const { words, chatId, onEnd } = props;
  const { list } = words;
  const [text, setText] = useState('');
  const wanted = useDeferredValue(text.trim());
  const found = useAnswer<ChatFindings>(`/chat/search?text=${encodeURIComponent(wanted)}`, {
    isOn: wanted !== '',
  });
  return (
    <search className="csearch">
      <div className="input">
        <Icon name="find" />
        <input
          type="search"
          aria-label={list.searchLabel}
          placeholder={list.search}
          value={text}
          maxLength={200}
          // biome-ignore lint/a11y/noAutofocus: it was asked for
          autoFocus
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
            event.stopPropagation();
            onEnd();
          }}
        />
        <button type="button" className="ib" aria-label={list.clear} onClick={onEnd}>
          <Icon name="close" />
        </button>
      </div>
      <div className="clist" aria-live="polite">
        {found.error !== null && (
          <Failed text={list.failed} again={list.again} onAgain={() => void found.refetch()} />
        )}
        {wanted !== '' && found.data?.rows.length === 0 && (
          <p className="meta t3 none">{list.none(wanted)}</p>
        )}
        {wanted !== '' && (
          <ul>
            {found.data?.rows.map(({ chat, messageId, excerpt }) => (
              <li key={chat.id} className={chat.id === chatId ? 'cr found cur' : 'cr found'}>
                <Link
                  href={`/chat/${chat.id}${messageId === null ? '' : `?at=${messageId}`}`}
                  className="grow"
                >
                  <span className="ell own-line">{chat.title}</span>
                  {excerpt !== '' && <Excerpt text={excerpt} wanted={wanted} />}
                </Link>
              </li>
            ))}
          </ul>
        )}
      </div>
    </search>
  );
}

function Excerpt({ text, wanted }: { readonly text: string; readonly wanted: string }): ReactNode {
  const at = text.toLowerCase().indexOf(wanted.toLowerCase());
  if (at === -1) return <span className="meta t3 excerpt">{text}</span>;
  return (
    <span className="meta t3 excerpt">
      {text.slice(0, at)}
      <mark>{text.slice(at, at + wanted.length)}</mark>
      {text.slice(at + wanted.length)}
    </span>
  );
}
