import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import type { Key, MadeKey } from '../../../src/http/api/wire/keys.ts';
import { ask } from '../../api/ask.ts';
import { type Trouble, useSending } from '../../api/use-sending.ts';
import { Dialog } from '../../design/dialog.tsx';
import { FormField, FormTrouble } from '../../design/form-field.tsx';
import { usePerson } from '../../shell/person.tsx';
import { ExpiryField } from './expiry-field.tsx';
import { draftOf, editOf, type KeyDraft, NEW_DRAFT, readDraft } from './key-draft.ts';
import { LimitFields } from './limit-fields.tsx';
import { ReachFields } from './reach-fields.tsx';
import type { KeysWords } from './words.en.ts';

interface KeyFormProps {
  readonly words: KeysWords;
  /** Absent for a new key. */
  readonly edited?: Key;
  readonly onClose: () => void;
  readonly onMade: (made: MadeKey) => void;
  readonly onSaved: () => void;
}

const FIELDS = ['name', 'endpoints', 'models', 'limits', 'spends', 'expiry'] as const;

/** A name and Enter make a key; everything else is folded until somebody wants it. */
export function KeyForm({ words, edited, onClose, onMade, onSaved }: KeyFormProps): ReactNode {
  const { form } = words;
  const { team } = usePerson();
  const [draft, setDraft] = useState<KeyDraft>(() => (edited === undefined ? NEW_DRAFT : draftOf(edited)));
  const [mistake, setMistake] = useState<Trouble | undefined>();
  const sending = useSending(words.didNotWork);
  const formId = useId();
  const element = useRef<HTMLFormElement>(null);
  const trouble = mistake ?? sending.trouble;
  // A long form may have scrolled away from what is wrong.
  useEffect(() => {
    if (trouble !== undefined)
      element.current?.querySelector('[role="alert"]')?.scrollIntoView({ block: 'nearest' });
  }, [trouble]);
  const set = (part: Partial<KeyDraft>) => setDraft({ ...draft, ...part });
  const path = `/teams/${team.id}/keys`;
  const save = () => {
    const body = edited === undefined ? readDraft(draft, Date.now()) : editOf(edited, draft, Date.now());
    if (typeof body === 'string') return setMistake({ field: body, message: form.faults[body] });
    setMistake(undefined);
    if (body === undefined) return onSaved();
    void sending.send(async () => {
      if (edited === undefined) return onMade(await ask<MadeKey>('POST', path, body));
      await ask<Key>('PATCH', `${path}/${edited.id}`, body);
      onSaved();
    });
  };
  const [rest, busy] = edited === undefined ? [form.create, form.creating] : [form.save, form.saving];
  return (
    <Dialog
      title={edited === undefined ? form.newTitle : form.editTitle(edited.name)}
      closeLabel={words.close}
      onClose={onClose}
      footer={
        <>
          <button type="button" className="btn ghost push" onClick={onClose}>
            {words.cancel}
          </button>
          <button type="submit" form={formId} className="btn pri" disabled={sending.isBusy}>
            {sending.isBusy ? busy : rest}
          </button>
        </>
      }
    >
      <form
        id={formId}
        ref={element}
        className="stack g4"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <FormField name="name" label={form.name} hint={form.nameHint} trouble={trouble}>
          {(control) => (
            <input
              {...control}
              className={control['aria-invalid'] ? 'input is-err' : 'input'}
              maxLength={100}
              autoComplete="off"
              value={draft.name}
              onChange={(event) => set({ name: event.target.value })}
            />
          )}
        </FormField>
        <details
          className="reveal key-more"
          open={edited !== undefined || (mistake !== undefined && mistake.field !== 'name')}
        >
          <summary>
            <span className="b5">{form.more}</span>
            {edited === undefined && <span className="meta t3">{form.moreHint}</span>}
          </summary>
          <div className="stack g4">
            <p className="meta">{form.text}</p>
            <ReachFields words={words} draft={draft} onChange={set} trouble={trouble} />
            <LimitFields words={words} draft={draft} onChange={set} trouble={trouble} />
            <ExpiryField
              words={words}
              label={form.expires}
              expiry={draft.expiry}
              onExpiry={(expiry) => set({ expiry })}
              trouble={trouble}
              keptAtMs={edited?.expiresAtMs ?? null}
            />
          </div>
        </details>
        <FormTrouble trouble={trouble} fields={FIELDS} />
      </form>
    </Dialog>
  );
}
