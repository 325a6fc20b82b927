import type { ReactNode } from 'react';
import { CopyButton } from '../../design/copy-button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import type { SecurityWords } from './words.en.ts';

interface RecoveryCodesProps {
  readonly words: SecurityWords;
  readonly codes: readonly string[];
  readonly onKept: () => void;
}

/** Shown once, so nothing but the button that says so closes it. */
export function RecoveryCodes({ words, codes, onKept }: RecoveryCodesProps): ReactNode {
  return (
    <Dialog
      title={words.second.codesTitle}
      closeLabel={words.close}
      onClose={onKept}
      isOnceOnly
      footer={
        <>
          <CopyButton text={codes.join('\n')} words={words.copy} />
          <button type="button" className="btn pri push" onClick={onKept}>
            {words.second.kept}
          </button>
        </>
      }
    >
      <p>{words.second.codesText}</p>
      <ul className="recovery-codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
