import { type ReactNode, useId, useRef, useState } from 'react';
import type { Model } from '../../../src/http/api/wire/models.ts';
import { bytes } from '../../design/figures.ts';
import { Icon } from '../../design/icons.tsx';
import { type Draft, type DraftMessage, emptyMessage } from './draft.ts';
import { readImage } from './read-image.ts';
import type { PlaygroundWords } from './words.en.ts';

interface MessageListProps {
  readonly words: PlaygroundWords;
  readonly draft: Draft;
  readonly model: Model | undefined;
  readonly onChange: (part: Partial<Draft>) => void;
}

const MOST_IMAGE_BYTES = 4_000_000;

/** The conversation as it will be sent, each message to be written, changed and taken out. */
export function MessageList({ words, draft, model, onChange }: MessageListProps): ReactNode {
  const { messages } = draft;
  const systemId = useId();
  const set = (changed: DraftMessage) =>
    onChange({ messages: messages.map((message) => (message.id === changed.id ? changed : message)) });
  const last = messages.at(-1);
  return (
    <>
      <div className="field">
        <label htmlFor={systemId}>{words.system}</label>
        <textarea
          id={systemId}
          className="input area"
          rows={2}
          placeholder={words.systemHint}
          value={draft.system}
          onChange={(event) => onChange({ system: event.target.value })}
        />
      </div>
      <ol className="messages">
        {messages.map((message, at) => (
          <Message
            key={message.id}
            words={words}
            message={message}
            place={at + 1}
            model={model}
            onMessage={set}
            {...(messages.length > 1 && {
              onRemove: () => onChange({ messages: messages.filter(({ id }) => id !== message.id) }),
            })}
          />
        ))}
      </ol>
      <button
        type="button"
        className="btn sm add-message"
        onClick={() =>
          onChange({ messages: [...messages, emptyMessage(last?.role === 'user' ? 'assistant' : 'user')] })
        }
      >
        <Icon name="plus" />
        {words.add}
      </button>
    </>
  );
}

interface MessageProps {
  readonly words: PlaygroundWords;
  readonly message: DraftMessage;
  readonly place: number;
  readonly model: Model | undefined;
  readonly onMessage: (message: DraftMessage) => void;
  readonly onRemove?: () => void;
}

function Message({ words, message, place, model, onMessage, onRemove }: MessageProps): ReactNode {
  const { role, text, toolCalls, toolCallId } = message;
  return (
    <li>
      <div className="row">
        {role === 'tool' ? (
          <span className="meta">
            <b className="b5">{words.roles.tool}</b>{' '}
            <span className="mono">{words.answersCall(toolCallId)}</span>
          </span>
        ) : (
          <select
            className="select fit"
            aria-label={words.roleOf(place)}
            value={role}
            onChange={(event) => {
              const chosen = event.target.value === 'assistant' ? 'assistant' : 'user';
              onMessage({ ...message, role: chosen, images: chosen === 'user' ? message.images : [] });
            }}
          >
            <option value="user">{words.roles.user}</option>
            <option value="assistant">{words.roles.assistant}</option>
          </select>
        )}
        <span className="push row g1">
          {role === 'user' && (
            <AddImage words={words} model={model} message={message} onMessage={onMessage} />
          )}
          {onRemove !== undefined && (
            <button type="button" className="ib" aria-label={words.remove(place)} onClick={onRemove}>
              <Icon name="close" />
            </button>
          )}
        </span>
      </div>
      <textarea
        className="input area"
        rows={role === 'user' ? 3 : 2}
        aria-label={words.textOf(place)}
        value={text}
        onChange={(event) => onMessage({ ...message, text: event.target.value })}
      />
      {toolCalls.map(({ id, name, arguments: given }) => (
        <div className="code bare" key={id}>
          <pre>
            <span className="ck">{name}</span> {given}
          </pre>
        </div>
      ))}
      {message.images.length > 0 && (
        <ul className="row wrap images">
          {message.images.map((url, at) => (
            <li key={url.slice(-200)}>
              <img src={url} alt={words.image(at + 1)} />
              <button
                type="button"
                className="ib"
                aria-label={words.removeImage}
                onClick={() =>
                  onMessage({ ...message, images: message.images.filter((_, other) => other !== at) })
                }
              >
                <Icon name="close" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

function AddImage(props: Pick<MessageProps, 'words' | 'model' | 'message' | 'onMessage'>): ReactNode {
  const { words, model, message, onMessage } = props;
  const input = useRef<HTMLInputElement>(null);
  const [isTooLarge, setIsTooLarge] = useState(false);
  const readsImages = model?.inputModalities.includes('image') === true;
  const take = async (file: File | undefined) => {
    if (file === undefined) return;
    setIsTooLarge(file.size > MOST_IMAGE_BYTES);
    if (file.size <= MOST_IMAGE_BYTES)
      onMessage({ ...message, images: [...message.images, await readImage(file)] });
  };
  return (
    <>
      {isTooLarge && (
        <span className="meta bad" role="alert">
          {words.imageTooLarge(bytes(MOST_IMAGE_BYTES))}
        </span>
      )}
      <button
        type="button"
        className="btn ghost sm"
        disabled={!readsImages}
        {...(!readsImages && model !== undefined && { title: words.noImages(model.id) })}
        onClick={() => input.current?.click()}
      >
        <Icon name="image" />
        {words.addImage}
      </button>
      <input
        ref={input}
        type="file"
        accept="image/png,image/jpeg,image/webp,image/gif"
        hidden
        onChange={(event) => {
          void take(event.target.files?.[0]);
          event.target.value = '';
        }}
      />
    </>
  );
}
