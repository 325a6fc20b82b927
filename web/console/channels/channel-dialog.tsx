import { type ReactNode, useEffect, useId, useRef } from 'react';
import type { Channel } from '../../../src/http/api/wire/operator-channels.ts';
import { ConnectForm } from '../../set-up/connect-form.tsx';
import type { SetUpWords } from '../../set-up/words.en.ts';
import { EditChannel } from './edit-channel.tsx';
import { RemoveChannel } from './remove-channel.tsx';
import { TestChannel } from './test-channel.tsx';
import type { ChannelWords } from './words.en.ts';

/** What the operator is about to do. */
export type ChannelTask =
  | { readonly kind: 'connect' }
  | { readonly kind: 'test' | 'edit' | 'remove'; readonly channel: Channel };

interface DialogProps {
  readonly words: ChannelWords;
  readonly setUpWords: SetUpWords;
  readonly task: ChannelTask;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** The browser's own dialog: it keeps the focus, gives it back, and closes by Escape. */
export function ChannelDialog({ words, setUpWords, task, onClose, onDone }: DialogProps): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby={title} onClose={onClose}>
      <header>
        <h2 id={title}>{titleOf(words, task)}</h2>
        <button type="button" className="ib" aria-label={words.close} onClick={() => dialog.current?.close()}>
          <svg className="i" viewBox="0 0 16 16" aria-hidden="true">
            <path d="m4 4 8 8M12 4l-8 8" />
          </svg>
        </button>
      </header>
      {task.kind === 'connect' && (
        <div className="bd">
          <ConnectForm words={setUpWords} onDone={onDone} />
        </div>
      )}
      {task.kind === 'test' && <TestChannel words={words} channel={task.channel} />}
      {task.kind === 'edit' && <EditChannel words={words} channel={task.channel} onDone={onDone} />}
      {task.kind === 'remove' && (
        <RemoveChannel words={words} channel={task.channel} onKeep={onClose} onDone={onDone} />
      )}
    </dialog>
  );
}

function titleOf(words: ChannelWords, task: ChannelTask): string {
  if (task.kind === 'connect') return words.connect;
  const { name } = task.channel;
  if (task.kind === 'test') return words.testing.title(name);
  return task.kind === 'edit' ? words.editing.title(name) : words.removing.title(name);
}
