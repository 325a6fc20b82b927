import { type ReactNode, useState } from 'react';
import { CopyButton } from '../../design/copy-button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import type { InvitesWords } from './words.en.ts';

interface MadeLinkProps {
  readonly words: InvitesWords;
  readonly token: string;
  readonly onClose: () => void;
}

/** Shown once. It closes when the link was copied, or somebody says that they have it. */
export function MadeLink({ words, token, onClose }: MadeLinkProps): ReactNode {
  const { made } = words;
  const [isTaken, setIsTaken] = useState(false);
  // As this page was reached: that is the address that whoever is invited can reach as well.
  const link = `${location.origin}/sign-up#token=${token}`;
  return (
    <Dialog
      title={made.title}
      closeLabel={words.close}
      onClose={onClose}
      isOnceOnly
      footer={
        <>
          <label className="row grow">
            <input type="checkbox" checked={isTaken} onChange={(event) => setIsTaken(event.target.checked)} />
            {made.taken}
          </label>
          <button type="button" className="btn pri" disabled={!isTaken} onClick={onClose}>
            {made.done}
          </button>
        </>
      }
    >
      <p className="t2">{made.text}</p>
      <textarea
        className="input area mono made-link"
        aria-label={made.label}
        readOnly
        rows={3}
        value={link}
        onFocus={(event) => event.currentTarget.select()}
      />
      <div className="row">
        <CopyButton text={link} words={made} onCopied={() => setIsTaken(true)} />
      </div>
    </Dialog>
  );
}
