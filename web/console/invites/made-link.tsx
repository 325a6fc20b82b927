import { type ReactNode, useState } from 'react';
import type { MadeInvitation } from '../../../src/http/api/wire/operator-registration.ts';
import { CopyButton } from '../../design/copy-button.tsx';
import { OnceDialog } from '../../design/once-dialog.tsx';
import type { InvitesWords } from './words.en.ts';

interface MadeLinkProps {
  readonly words: InvitesWords;
  readonly made: MadeInvitation;
  readonly onClose: () => void;
}

/** Shown once. It closes when the link was copied, or somebody says that they have it. */
export function MadeLink({ words, made, onClose }: MadeLinkProps): ReactNode {
  const { made: say } = words;
  // What a letter has taken along is not lost with this.
  const [isTaken, setIsTaken] = useState(made.letter === 'sent');
  // As this page was reached: that is the address that whoever is invited can reach as well.
  const link = `${location.origin}/sign-up#token=${made.token}`;
  return (
    <OnceDialog
      title={say.title}
      closeLabel={words.close}
      onClose={onClose}
      taken={say.taken}
      done={say.done}
      isTaken={isTaken}
      onTaken={setIsTaken}
    >
      {made.letter !== null && made.email !== null && (
        <div className={`banner ${made.letter === 'sent' ? 'good' : 'warn'}`} role="status">
          {say.letter[made.letter](made.email)}
        </div>
      )}
      <p className="t2">{made.letter === 'sent' ? say.textAfterLetter : say.text}</p>
      <textarea
        className="input area mono made-link"
        aria-label={say.label}
        readOnly
        rows={3}
        value={link}
        onFocus={(event) => event.currentTarget.select()}
      />
      <div className="row">
        <CopyButton text={link} words={say} onCopied={() => setIsTaken(true)} />
      </div>
    </OnceDialog>
  );
}
