import { type ReactNode, useState } from 'react';
import type { Code } from '../../../src/http/api/wire/operator-codes.ts';
import { saveText } from '../../api/save-text.ts';
import { Dialog } from '../../design/dialog.tsx';
import { Icon } from '../../design/icons.tsx';
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
  const [isCopied, setIsCopied] = useState(false);
  const [isTaken, setIsTaken] = useState(false);
  const text = codes.map(({ code }) => code).join('\n');
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => {
        setIsCopied(true);
        setIsTaken(true);
      },
      // Without a secure address the browser has no clipboard; the text can be selected by hand.
      () => {},
    );
  };
  return (
    <Dialog
      title={made.title(codes.length)}
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
        className="input area mono made-codes"
        aria-label={made.label}
        readOnly
        rows={Math.min(codes.length, 10)}
        value={text}
        onFocus={(event) => event.currentTarget.select()}
      />
      <div className="row">
        <button type="button" className="btn" onClick={copy}>
          <Icon name={isCopied ? 'check' : 'copy'} />
          {isCopied ? made.copied : made.copy}
        </button>
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
    </Dialog>
  );
}
