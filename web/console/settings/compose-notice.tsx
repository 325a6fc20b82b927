import { type ReactNode, useState } from 'react';
import type { Notice } from '../../../src/http/api/wire/notices.ts';
import { ask } from '../../api/ask.ts';
import { type Trouble, useSending } from '../../api/use-sending.ts';
import { FormDialog } from '../../design/form-dialog.tsx';
import { FormField, FormTrouble } from '../../design/form-field.tsx';
import { NOTICE_TONES } from '../../shell/notice-tones.ts';
import { momentOf } from '../../shell/zone.ts';
import type { SettingsWords } from './words.en.ts';

interface ComposeProps {
  readonly words: SettingsWords;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

const TONES: readonly Notice['tone'][] = ['info', 'warning', 'critical'];
const MOST_LETTERS = 500;
const FIELDS = ['en', 'zh', 'startsAtMs', 'endsAtMs'];

/** A notice in both languages, as it will look, and when it is shown. */
export function ComposeNotice({ words, onClose, onDone }: ComposeProps): ReactNode {
  const { composing: say, notices } = words;
  const sending = useSending(words.didNotWork);
  const [mistake, setMistake] = useState<Trouble | undefined>();
  const [tone, setTone] = useState<Notice['tone']>('info');
  const [text, setText] = useState({ en: '', zh: '' });
  const trouble = mistake ?? sending.trouble;
  const save = async (form: FormData) => {
    const [startsAtMs, endsAtMs] = ['startsAtMs', 'endsAtMs'].map((name) => fieldMoment(form.get(name)));
    if (endsAtMs !== undefined && endsAtMs <= Math.max(startsAtMs ?? 0, Date.now()))
      return setMistake({ field: 'endsAtMs', message: say.endsFirst });
    setMistake(undefined);
    const body = { tone, text, ...(startsAtMs !== undefined && { startsAtMs }), endsAtMs: endsAtMs ?? null };
    if (await sending.send(() => ask('POST', '/operator/notices', body))) onDone();
  };
  return (
    <FormDialog
      title={say.title}
      closeLabel={words.close}
      onClose={onClose}
      save={say.save}
      saving={say.saving}
      isBusy={sending.isBusy}
      onSave={save}
    >
      <fieldset className="seg notice-tone">
        <legend className="sr-only">{say.tone}</legend>
        {TONES.map((one) => (
          <button type="button" key={one} aria-pressed={one === tone} onClick={() => setTone(one)}>
            {notices.tones[one]}
          </button>
        ))}
      </fieldset>
      {(['en', 'zh'] as const).map((language) => (
        <FormField key={language} name={language} label={say.languages[language]} trouble={trouble}>
          {(control) => (
            <textarea
              {...control}
              className="input area"
              rows={2}
              required
              maxLength={MOST_LETTERS}
              lang={language === 'en' ? 'en' : 'zh-CN'}
              value={text[language]}
              onChange={(event) => setText({ ...text, [language]: event.target.value })}
            />
          )}
        </FormField>
      ))}
      <div className="two-moments">
        <FormField name="startsAtMs" label={say.from} hint={say.fromHint} trouble={trouble}>
          {(control) => <input {...control} type="datetime-local" className="input" />}
        </FormField>
        <FormField name="endsAtMs" label={say.until} hint={say.untilHint} trouble={trouble}>
          {(control) => <input {...control} type="datetime-local" className="input" />}
        </FormField>
      </div>
      <section aria-label={say.preview} className="stack">
        <h3>{say.preview}</h3>
        {(['en', 'zh'] as const).map((language) => (
          <div
            className={`banner ${NOTICE_TONES[tone]} notice-preview`}
            key={language}
            lang={language === 'en' ? 'en' : 'zh-CN'}
          >
            {text[language] === '' ? <span className="t3">{say.empty[language]}</span> : text[language]}
          </div>
        ))}
      </section>
      <FormTrouble trouble={trouble} fields={FIELDS} />
    </FormDialog>
  );
}

/** A field of the browser is in the viewer's zone; an empty one says nothing. */
function fieldMoment(value: FormDataEntryValue | null): number | undefined {
  return value === null || value === '' ? undefined : momentOf(String(value));
}
