import { type ReactNode, useState } from 'react';
import type { PersonDetail } from '../../../src/http/api/wire/operator-people.ts';
import type { NewPassword } from '../../../src/http/api/wire/person-sign-in.ts';
import { ask } from '../../api/ask.ts';
import { useSending } from '../../api/use-sending.ts';
import { CopyButton } from '../../design/copy-button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { FormTrouble } from '../../design/form-field.tsx';
import { Icon } from '../../design/icons.tsx';
import { OnceDialog } from '../../design/once-dialog.tsx';
import type { PeopleWords } from './words.en.ts';

interface GivePasswordProps {
  readonly words: PeopleWords;
  readonly person: PersonDetail;
  /** They have none, so none stops working. */
  readonly isFirst: boolean;
  readonly onMade: () => void;
  readonly onClose: () => void;
}

/** Asks, and then shows the password that was made, once. */
export function GivePassword({ words, person, isFirst, onMade, onClose }: GivePasswordProps): ReactNode {
  const say = words.signIn.password;
  const { isBusy, trouble, send } = useSending(words.didNotWork);
  const [made, setMade] = useState<string | undefined>();
  const make = () =>
    send(async () => {
      const path = `/operator/people/${encodeURIComponent(person.id)}/password`;
      setMade((await ask<NewPassword>('POST', path)).password);
      onMade();
    });
  if (made !== undefined)
    return <ShownPassword words={words} name={person.name} password={made} onDone={onClose} />;
  return (
    <Dialog
      title={say.askTitle(person.name)}
      closeLabel={words.close}
      onClose={onClose}
      footer={
        <>
          <button type="button" className="btn push" onClick={onClose}>
            {say.keep}
          </button>
          <button
            type="button"
            className={isFirst ? 'btn pri' : 'btn danger fill'}
            disabled={isBusy}
            onClick={() => void make()}
          >
            {isBusy ? say.going : say.go}
          </button>
        </>
      }
    >
      <p>{isFirst ? say.askFirst : say.ask}</p>
      {person.banned && <p className="t2">{say.stillOff}</p>}
      <FormTrouble trouble={trouble} />
    </Dialog>
  );
}

/** The only sight of it. */
function ShownPassword(props: {
  readonly words: PeopleWords;
  readonly name: string;
  readonly password: string;
  readonly onDone: () => void;
}): ReactNode {
  const { words, name, password, onDone } = props;
  const say = words.signIn.password;
  const [isStored, setStored] = useState(false);
  return (
    <OnceDialog
      title={say.shownTitle(name)}
      closeLabel={words.close}
      taken={say.stored}
      done={say.done}
      isTaken={isStored}
      onTaken={setStored}
      onClose={onDone}
    >
      <div className="secret">
        <span className="grow">{password}</span>
        <CopyButton text={password} words={say.copy} isMain onCopied={() => setStored(true)} />
      </div>
      <p className="meta row people-once">
        <span className="warn">
          <Icon name="warn" />
        </span>
        <span>{say.once}</span>
      </p>
    </OnceDialog>
  );
}
