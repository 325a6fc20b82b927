import { memo, type ReactNode, useRef, useState } from 'react';
import type { ChatMessage } from '../../src/http/api/wire/chat.ts';
import { ChatIcon } from './chat-icons.tsx';
import { CopyText } from './copy-text.tsx';
import { belongsToInputMethod, enterSends } from './enter-sends.ts';
import { placeOf } from './found-message.ts';
import { SentPictures } from './sent-pictures.tsx';
import type { TurnActions } from './turn-actions.ts';
import { useGrowing } from './use-growing.ts';
import { urlOf } from './use-turns.ts';
import { Versions } from './versions.tsx';
import type { ChatWords } from './words.en.ts';

interface UserTurnProps {
  readonly chatId: string;
  readonly message: ChatMessage;
  /** It was searched for. */
  readonly isFound: boolean;
  readonly versionIds: readonly string[];
  readonly actions: TurnActions;
  readonly isBusy: boolean;
  readonly words: ChatWords;
}

/** What a person wrote. An edit is another version beside it, which is answered anew. */
export const UserTurn = memo(function UserTurn(props: UserTurnProps): ReactNode {
  const { chatId, message, isFound, versionIds, actions, isBusy, words } = props;
  const [isEdited, setEdited] = useState(false);
  if (isEdited)
    return (
      <EditedTurn
        text={message.text}
        words={words}
        onKeep={() => setEdited(false)}
        onSend={(text) => {
          setEdited(false);
          actions.edit(message, text);
        }}
      />
    );
  return (
    <article
      className={isFound ? 'turn user is-found' : 'turn user'}
      id={placeOf(message.id)}
      aria-label={words.turn.you}
    >
      <SentPictures urls={message.pictureIds.map((id) => urlOf(chatId, { id }))} words={words} />
      {message.text !== '' && <div className="bub">{message.text}</div>}
      <div className="acts-r">
        <Versions ids={versionIds} shown={message.id} onShow={actions.show} words={words} />
        <CopyText text={message.text} label={words.turn.copy} copied={words.turn.copied} />
        <button
          type="button"
          className="ib"
          aria-label={words.turn.edit}
          title={words.turn.edit}
          disabled={isBusy}
          onClick={() => setEdited(true)}
        >
          <ChatIcon name="edit" />
        </button>
      </div>
    </article>
  );
});

function EditedTurn(props: {
  readonly text: string;
  readonly words: ChatWords;
  readonly onKeep: () => void;
  readonly onSend: (text: string) => void;
}): ReactNode {
  const { words, onKeep, onSend } = props;
  const [text, setText] = useState(props.text);
  const composedAt = useRef(Number.NEGATIVE_INFINITY);
  const field = useRef<HTMLTextAreaElement>(null);
  useGrowing(field, text);
  const canSend = text.trim() !== '';
  return (
    <form
      className="turn user edited"
      onSubmit={(event) => {
        event.preventDefault();
        if (canSend) onSend(text.trim());
      }}
    >
      <textarea
        ref={field}
        className="ta bub"
        aria-label={words.turn.editLabel}
        value={text}
        // biome-ignore lint/a11y/noAutofocus: it takes the place of the button that was pressed
        autoFocus
        onFocus={(event) => event.currentTarget.setSelectionRange(text.length, text.length)}
        onChange={(event) => setText(event.currentTarget.value)}
        onCompositionEnd={() => {
          composedAt.current = performance.now();
        }}
        onKeyDown={(event) => {
          const press = event.nativeEvent;
          const sinceMs = performance.now() - composedAt.current;
          if (event.key === 'Escape' && !belongsToInputMethod(press, sinceMs)) {
            event.stopPropagation();
            onKeep();
          }
          if (!enterSends(press, sinceMs, matchMedia('(pointer: coarse)').matches)) return;
          event.preventDefault();
          if (canSend) onSend(text.trim());
        }}
      />
      <div className="row">
        <button type="button" className="btn sm push" onClick={onKeep}>
          {words.turn.keep}
        </button>
        <button type="submit" className="btn sm pri" disabled={!canSend}>
          {words.turn.sendEdit}
        </button>
      </div>
    </form>
  );
}
