import { type ReactNode, useId } from 'react';
import type { Trouble } from '../../api/use-sending.ts';
import { useLanguage } from '../../shell/language.ts';
import { dateText } from '../../shell/moments.ts';
import { localDay } from '../../shell/zone.ts';
import { type Expiry, readExpiry } from './key-draft.ts';
import type { KeysWords } from './words.en.ts';

const DAYS = [30, 90] as const;
const DAY_MS = 86_400_000;

interface ExpiryFieldProps {
  readonly words: KeysWords;
  readonly label: string;
  readonly expiry: Expiry;
  readonly onExpiry: (expiry: Expiry) => void;
  readonly trouble: Trouble | undefined;
  /** Of a key that has an end already. */
  readonly keptAtMs?: number | null;
}

/** When a key ends: never, in some days, or on a day of the viewer's calendar. */
export function ExpiryField(props: ExpiryFieldProps): ReactNode {
  const { words, label, expiry, onExpiry, trouble, keptAtMs = null } = props;
  const { form } = words;
  const language = useLanguage();
  const id = useId();
  const isWrong = trouble?.field === 'expiry';
  const choices: (readonly [string, Expiry])[] = [
    ...(keptAtMs === null ? [] : [[form.expiry.kept, { kind: 'kept' }] as const]),
    [form.expiry.never, { kind: 'never' }],
    ...DAYS.map((days) => [form.expiry.days(days), { kind: 'days', days }] as const),
    [form.expiry.date, { kind: 'date', day: localDay(Date.now() + DAY_MS) }],
  ];
  const isChosen = (choice: Expiry) =>
    choice.kind === expiry.kind &&
    (choice.kind !== 'days' || expiry.kind !== 'days' || choice.days === expiry.days);
  const endsAtMs = expiry.kind === 'kept' ? keptAtMs : readExpiry(expiry, Date.now());
  return (
    <fieldset className="field">
      <legend className="lbl">{label}</legend>
      <div className="row wrap">
        <div className="seg wrap-m">
          {choices.map(([text, choice]) => (
            <button type="button" key={text} aria-pressed={isChosen(choice)} onClick={() => onExpiry(choice)}>
              {text}
            </button>
          ))}
        </div>
        {expiry.kind === 'date' ? (
          <input
            id={id}
            className="input fit"
            type="date"
            aria-label={form.date}
            aria-invalid={isWrong}
            min={localDay(Date.now())}
            value={expiry.day}
            onChange={(event) => onExpiry({ kind: 'date', day: event.target.value })}
          />
        ) : (
          typeof endsAtMs === 'number' && (
            <span className="meta t3">{form.on(dateText(endsAtMs, language))}</span>
          )
        )}
      </div>
      {isWrong && (
        <span className="err" role="alert">
          {trouble.message}
        </span>
      )}
    </fieldset>
  );
}
