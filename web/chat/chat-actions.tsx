import type { ReactNode } from 'react';
import type { Chat } from '../../src/http/api/wire/chat.ts';
import { download } from '../api/download.ts';
import { Icon } from '../design/icons.tsx';
import { ChatIcon } from './chat-icons.tsx';
import type { ChatEdits } from './use-chats.ts';
import type { ChatWords } from './words.en.ts';

/** What can be done with a whole conversation, in the list and above it. */
export function ChatActions(props: {
  readonly chat: Chat;
  readonly edits: ChatEdits;
  readonly words: ChatWords;
  readonly close: () => void;
  readonly onRename: () => void;
  readonly onRemoved: (chatId: string) => void;
}): ReactNode {
  const { chat, edits, words, close, onRename, onRemoved } = props;
  const { list } = words;
  const then = (work: () => void) => () => {
    close();
    work();
  };
  const save = (format: string) =>
    then(() => void download(`/chat/conversations/${chat.id}/export?format=${format}`).catch(edits.fail));
  return (
    <>
      <button type="button" onClick={then(onRename)}>
        <ChatIcon name="edit" />
        {list.rename}
      </button>
      <button type="button" onClick={then(() => edits.pin(chat, chat.pinnedAtMs === null))}>
        <ChatIcon name="pin" />
        {chat.pinnedAtMs === null ? list.pin : list.unpin}
      </button>
      <button type="button" onClick={save('markdown')}>
        <Icon name="download" />
        {list.exportMarkdown}
      </button>
      <button type="button" onClick={save('json')}>
        <Icon name="download" />
        {list.exportJson}
      </button>
      <hr />
      <button
        type="button"
        className="bad"
        onClick={then(() => {
          edits.remove(chat);
          onRemoved(chat.id);
        })}
      >
        <ChatIcon name="trash" />
        {list.remove}
      </button>
    </>
  );
}
