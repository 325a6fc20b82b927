import { type ReactNode, useId, useState } from 'react';
import type { Key, MadeKey } from '../../../src/http/api/wire/keys.ts';
import { ask } from '../../api/ask.ts';
import { type Trouble, useSending } from '../../api/use-sending.ts';
import { Dialog } from '../../design/dialog.tsx';
import { FormTrouble } from '../../design/form-field.tsx';
import { useLanguage } from '../../shell/language.ts';
import { momentText } from '../../shell/moments.ts';
import { usePerson } from '../../shell/person.tsx';
import { ExpiryField } from './expiry-field.tsx';
import { type Expiry, readExpiry } from './key-draft.ts';
import type { KeysWords } from './words.en.ts';

const HOUR_MS = 3_600_000;
/** A day is enough to bring a new key to every machine. */
const OVERLAPS = {
  none: 0,
  hour: HOUR_MS,
  day: 24 * HOUR_MS,
  week: 7 * 24 * HOUR_MS,
  month: 30 * 24 * HOUR_MS,
} as const;
type Overlap = keyof typeof OVERLAPS;

interface RotateProps {
  readonly words: KeysWords;
  readonly rotated: Key;
  readonly onClose: () => void;
  readonly onRotated: (made: MadeKey, earlier: Key) => void;
}

/** A new key in the place of one that may be known to others, with time to bring it everywhere. */
export function RotateKey({ words, rotated, onClose, onRotated }: RotateProps): ReactNode {
  const { rotating } = words;
  const { team } = usePerson();
  const [overlap, setOverlap] = useState<Overlap>('day');
  const [expiry, setExpiry] = useState<Expiry>({ kind: 'never' });
  const [mistake, setMistake] = useState<Trouble | undefined>();
  const { isBusy, trouble, send } = useSending(words.didNotWork);
  const id = useId();
  const rotate = () => {
    const expiresAtMs = readExpiry(expiry, Date.now());
    if (Number.isNaN(expiresAtMs)) {
      setMistake({ field: 'expiry', message: words.form.faults.expiry });
      return;
    }
    setMistake(undefined);
    void send(async () => {
      const path = `/teams/${team.id}/keys/${rotated.id}/rotate`;
      const body = { overlapMs: OVERLAPS[overlap], expiresAtMs };
      const { earlier, ...made } = await ask<MadeKey & { earlier: Key }>('POST', path, body);
      onRotated(made, earlier);
    });
  };
  return (
    <Dialog
      title={rotating.title(rotated.name)}
      closeLabel={words.close}
      onClose={onClose}
      footer={
        <>
          <button type="button" className="btn ghost push" onClick={onClose}>
            {words.cancel}
          </button>
          <button type="button" className="btn pri" disabled={isBusy} onClick={rotate}>
            {isBusy ? rotating.going : rotating.go}
          </button>
        </>
      }
    >
      <p className="t2">{rotating.text}</p>
      <fieldset className="field" aria-describedby={id}>
        <legend className="lbl">{rotating.overlap}</legend>
        <div className="seg wrap-m">
          {(Object.keys(OVERLAPS) as Overlap[]).map((name) => (
            <button type="button" key={name} aria-pressed={name === overlap} onClick={() => setOverlap(name)}>
              {rotating.overlaps[name]}
            </button>
          ))}
        </div>
        <span className="hint" id={id}>
          <Until words={words} rotated={rotated} overlapMs={OVERLAPS[overlap]} />
        </span>
      </fieldset>
      <ExpiryField
        words={words}
        label={rotating.expires}
        expiry={expiry}
        onExpiry={setExpiry}
        trouble={mistake ?? trouble}
      />
      <FormTrouble trouble={trouble} fields={['expiry']} />
    </Dialog>
  );
}

/** An overlap never lets a key live longer than it would have. */
function Until(props: {
  readonly words: KeysWords;
  readonly rotated: Key;
  readonly overlapMs: number;
}): ReactNode {
  const { rotating } = props.words;
  const language = useLanguage();
  const { expiresAtMs } = props.rotated;
  if (props.overlapMs === 0) return rotating.none;
  const untilMs = Date.now() + props.overlapMs;
  return expiresAtMs !== null && expiresAtMs < untilMs
    ? rotating.sooner(momentText(expiresAtMs, language))
    : rotating.until(momentText(untilMs, language));
}
