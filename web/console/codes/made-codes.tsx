import { type ReactNode, useState } from 'react';
import type { Code } from '../../../src/http/api/wire/operator-codes.ts';
import { saveText } from '../../api/save-text.ts';
import { CopyButton } from '../../design/copy-button.tsx';
import { Icon } from '../../design/icons.tsx';
import { OnceDialog } from '../../design/once-dialog.tsx';
import { codesCsv } from './codes-file.ts';
import type { CodesWords } from './words.en.ts';

/** A code with its text, which the server has forgotten already. */
export type NewCode = Code & { readonly code: string };

interface MadeProps {
  readonly words: CodesWords;
  readonly codes: readonly NewCode[];
  readonly onClose: () => void;
}

/** Shown once. It closes when the codes were taken somewhere, or somebody says that they were. */
export function MadeCodes({ words, codes, onClose }: MadeProps): ReactNode {
  const { made } = words;
  const [isTaken, setIsTaken] = useState(false);
  const text = codes.map(({ code }) => code).join('\n');
  return (
    <OnceDialog
      title={made.title(codes.length)}
      closeLabel={words.close}
      onClose={onClose}
      taken={made.taken}
      done={made.done}
      isTaken={isTaken}
      onTaken={setIsTaken}
    >
      <p className="t2">{made.text}</p>
      <textarea
        className="input area mono made-codes"
        aria-label={made.label}
        readOnly
        rows={Math.min(codes.length, 10)}
        value={text}
        onFocus={(event) => event.currentTarget.select()}
      />
      <div className="row">
        <CopyButton text={text} words={made} onCopied={() => setIsTaken(true)} />
        <button
          type="button"
          className="btn"
          onClick={() => {
            saveText('turnpike-codes.csv', codesCsv(codes), 'text/csv');
            setIsTaken(true);
          }}
        >
          <Icon name="download" />
          CSV
        </button>
      </div>
    </OnceDialog>
  );
}
