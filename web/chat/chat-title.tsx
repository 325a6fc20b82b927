import type { ReactNode } from 'react';
import type { Chat, ChatWithMessages } from '../../src/http/api/wire/chat.ts';
import { moneyText } from '../design/money.tsx';
import { ChatActions } from './chat-actions.tsx';
import { ChatIcon } from './chat-icons.tsx';
import { Popup } from './popup.tsx';
import { TitleInput } from './title-input.tsx';
import type { ChatEdits } from './use-chats.ts';
import type { ChatWords } from './words.en.ts';

/** What a conversation is called; pressed, it is called otherwise. */
export function ChatTitle(props: {
  readonly chat: Chat;
  readonly edits: ChatEdits;
  readonly isRenamed: boolean;
  readonly setRenamed: (isRenamed: boolean) => void;
  readonly words: ChatWords;
}): ReactNode {
  const { chat, edits, isRenamed, setRenamed, words } = props;
  if (isRenamed)
    return (
      <TitleInput
        title={chat.title}
        label={words.list.titleLabel}
        onDone={(title) => {
          setRenamed(false);
          if (title !== undefined) edits.rename(chat, title);
        }}
      />
    );
  return (
    <>
      <h1 className="sr-only">{chat.title}</h1>
      <button
        type="button"
        className="ttl ell hide-m"
        title={words.list.rename}
        onClick={() => setRenamed(true)}
      >
        {chat.title}
      </button>
    </>
  );
}

/** What all answers of a conversation cost, and what can be done with it. */
export function ChatSum(props: {
  readonly chat: ChatWithMessages;
  readonly edits: ChatEdits;
  readonly words: ChatWords;
  readonly onRename: () => void;
  readonly onRemoved: () => void;
}): ReactNode {
  const { chat, edits, words, onRename, onRemoved } = props;
  const total = chat.messages.reduce((sum, { answer }) => sum + BigInt(answer?.costTicks ?? 0), 0n);
  const cost = moneyText(String(total));
  return (
    <>
      <span className="chip num hide-m total" title={words.chat.total(cost)}>
        <b>{cost}</b>
      </span>
      <Popup label={words.list.actions(chat.title)} button={<ChatIcon name="dots" />}>
        {(close) => (
          <ChatActions
            chat={chat}
            edits={edits}
            words={words}
            close={close}
            onRename={onRename}
            onRemoved={onRemoved}
          />
        )}
      </Popup>
    </>
  );
}
