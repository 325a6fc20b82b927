import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { ChatIcon } from './chat-icons.tsx';
import type { ChatWords } from './words.en.ts';

/** The line above what is read: on a phone with the way to the list and to a new chat. */
export function ChatHeader(props: {
  readonly words: ChatWords;
  readonly onOpenSide: () => void;
  readonly children: ReactNode;
  /** Something has gone up behind it. */
  readonly isRuled?: boolean;
  /** At the right edge. */
  readonly end?: ReactNode;
}): ReactNode {
  const { words, onOpenSide, children, isRuled = false, end } = props;
  return (
    <header className={isRuled ? 'chh is-ruled' : 'chh'}>
      <button type="button" className="ib only-m" aria-label={words.openSide} onClick={onOpenSide}>
        <ChatIcon name="menu" />
      </button>
      <div className="chh-mid">{children}</div>
      <span className="push row g1">
        {end}
        <Link href="/chat" className="ib only-m" aria-label={words.newChat}>
          <ChatIcon name="compose" />
        </Link>
      </span>
    </header>
  );
}
