import { type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import type { ListedChat } from '../../src/http/api/wire/chat.ts';
import { ChatActions } from './chat-actions.tsx';
import { ChatIcon } from './chat-icons.tsx';
import { Popup } from './popup.tsx';
import { TitleInput } from './title-input.tsx';
import type { ChatEdits } from './use-chats.ts';
import type { ChatWords } from './words.en.ts';

/** A conversation in the list, with what can be done with it. */
export function ChatRow(props: {
  readonly chat: ListedChat;
  readonly isShown: boolean;
  readonly edits: ChatEdits;
  readonly onRemoved: (chatId: string) => void;
  readonly words: ChatWords;
}): ReactNode {
  const { chat, isShown, edits, onRemoved, words } = props;
  const [isRenamed, setRenamed] = useState(false);
  if (isRenamed)
    return (
      <li>
        <TitleInput
          title={chat.title}
          label={words.list.titleLabel}
          onDone={(title) => {
            setRenamed(false);
            if (title !== undefined) edits.rename(chat, title);
          }}
        />
      </li>
    );
  return (
    <li className={isShown ? 'cr cur' : 'cr'}>
      <Link
        href={`/chat/${chat.id}`}
        className="ell grow"
        {...(isShown && { 'aria-current': 'page' as const })}
      >
        {chat.title}
        {chat.isAnswering && <span className="sr-only">{words.list.answering}</span>}
      </Link>
      {chat.isAnswering && <i className="dot live" title={words.list.answering} />}
      <Popup label={words.list.actions(chat.title)} button={<ChatIcon name="dots" />} className="ib more">
        {(close) => (
          <ChatActions
            chat={chat}
            edits={edits}
            words={words}
            close={close}
            onRename={() => setRenamed(true)}
            onRemoved={onRemoved}
          />
        )}
      </Popup>
    </li>
  );
}
