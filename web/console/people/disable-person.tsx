import type { ReactNode } from 'react';
import { Dialog } from '../../design/dialog.tsx';
import type { PeopleWords } from './words.en.ts';

interface DisableProps {
  readonly words: PeopleWords;
  readonly name: string;
  readonly isBusy: boolean;
  readonly onKeep: () => void;
  readonly onDisable: () => void;
}

/** Disabling stops running programs, so it asks. */
export function DisablePerson({ words, name, isBusy, onKeep, onDisable }: DisableProps): ReactNode {
  const { disabling } = words.person;
  return (
    <Dialog
      title={disabling.title(name)}
      closeLabel={words.close}
      onClose={onKeep}
      footer={
        <>
          <button type="button" className="btn push" onClick={onKeep}>
            {disabling.keep}
          </button>
          <button type="button" className="btn danger fill" disabled={isBusy} onClick={onDisable}>
            {isBusy ? disabling.going : disabling.go}
          </button>
        </>
      }
    >
      <p>{disabling.text}</p>
    </Dialog>
  );
}
