import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { Key, MadeKey } from '../../../src/http/api/wire/keys.ts';
import { CopyButton } from '../../design/copy-button.tsx';
import { Icon } from '../../design/icons.tsx';
import { OnceDialog } from '../../design/once-dialog.tsx';
import { ClientTabs } from '../../new-key/client-tabs.tsx';
import { FirstRequest } from '../../new-key/first-request.tsx';
import { useLanguage } from '../../shell/language.ts';
import { momentText } from '../../shell/moments.ts';
import { usePerson } from '../../shell/person.tsx';
import type { KeysWords } from './words.en.ts';

interface ShownProps {
  readonly words: KeysWords;
  readonly made: MadeKey;
  /** The one that it takes the place of. */
  readonly earlier: Key | undefined;
  readonly onDone: () => void;
}

const nothing = () => {};

/** The only sight of a key. It closes when the key was copied, or somebody says that it is stored. */
export function ShownKey({ words, made, earlier, onDone }: ShownProps): ReactNode {
  const { shown } = words;
  const { team } = usePerson();
  const [isStored, setStored] = useState(false);
  const secret = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (secret.current !== null) getSelection()?.selectAllChildren(secret.current);
  }, []);
  return (
    <OnceDialog
      title={shown.title}
      closeLabel={words.close}
      onClose={onDone}
      taken={shown.stored}
      done={shown.done}
      isTaken={isStored}
      onTaken={setStored}
    >
      <div className="stack">
        <p className="meta">{made.key.name}</p>
        <div className="secret">
          <span className="grow" ref={secret}>
            {made.secret}
          </span>
          <CopyButton text={made.secret} words={words.newKey} isMain onCopied={() => setStored(true)} />
        </div>
        <div className="meta row once">
          <span className="warn">
            <Icon name="warn" />
          </span>
          <span>
            {shown.once}
            {earlier !== undefined && <Earlier words={words} earlier={earlier} />}
          </span>
        </div>
      </div>
      <div>
        <ClientTabs words={words.newKey} teamId={team.id} secret={made.secret} />
      </div>
      <FirstRequest
        words={words.newKey}
        teamId={team.id}
        keyId={made.key.id}
        answer={undefined}
        onArrived={nothing}
      />
    </OnceDialog>
  );
}

function Earlier({ words, earlier }: { readonly words: KeysWords; readonly earlier: Key }): ReactNode {
  const language = useLanguage();
  const { shown } = words;
  const { expiresAtMs, redacted } = earlier;
  return (
    <>
      {' '}
      {expiresAtMs === null || expiresAtMs <= Date.now()
        ? shown.earlierEnded(redacted)
        : shown.earlier(redacted, momentText(expiresAtMs, language))}
    </>
  );
}
