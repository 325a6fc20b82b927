import type { ReactNode } from 'react';
import type { Key, MadeKey } from '../../../src/http/api/wire/keys.ts';
import { Dialog } from '../../design/dialog.tsx';
import { ClientTabs } from '../../new-key/client-tabs.tsx';
import { usePerson } from '../../shell/person.tsx';
import { KeyForm } from './key-form.tsx';
import { RevokeKey } from './revoke-key.tsx';
import { RotateKey } from './rotate-key.tsx';
import { ShownKey } from './shown-key.tsx';
import type { KeysWords } from './words.en.ts';

/** What somebody is about to do. */
export type KeyTask =
  | { readonly kind: 'create' }
  | { readonly kind: 'edit' | 'rotate' | 'revoke' | 'use'; readonly key: Key }
  | { readonly kind: 'shown'; readonly made: MadeKey; readonly earlier?: Key };

interface KeyDialogProps {
  readonly words: KeysWords;
  readonly task: KeyTask;
  readonly onTask: (task: KeyTask | undefined) => void;
  readonly onChanged: () => void;
}

/** The dialog of a task. A key that is made or rotated leads on to the one that shows it. */
export function KeyDialog({ words, task, onTask, onChanged }: KeyDialogProps): ReactNode {
  const { team } = usePerson();
  const close = () => onTask(undefined);
  const finish = () => {
    onChanged();
    close();
  };
  const show = (made: MadeKey, earlier?: Key) => {
    onChanged();
    onTask({ kind: 'shown', made, ...(earlier !== undefined && { earlier }) });
  };
  switch (task.kind) {
    case 'create':
      return <KeyForm words={words} onClose={close} onMade={show} onSaved={finish} />;
    case 'edit':
      return <KeyForm words={words} edited={task.key} onClose={close} onMade={show} onSaved={finish} />;
    case 'rotate':
      return <RotateKey words={words} rotated={task.key} onClose={close} onRotated={show} />;
    case 'revoke':
      return <RevokeKey words={words} revoked={task.key} onKeep={close} onRevoked={finish} />;
    case 'use':
      return (
        <Dialog title={words.use.title(task.key.name)} closeLabel={words.close} onClose={close}>
          <p className="meta">{words.use.text}</p>
          <div>
            <ClientTabs words={words.newKey} teamId={team.id} secret={undefined} />
          </div>
        </Dialog>
      );
    case 'shown':
      return <ShownKey words={words} made={task.made} earlier={task.earlier} onDone={finish} />;
  }
}
