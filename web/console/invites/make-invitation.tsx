import { type ReactNode, useState } from 'react';
import type { Me } from '../../../src/http/api/wire/me.ts';
import type { MadeInvitation } from '../../../src/http/api/wire/operator-registration.ts';
import { ask } from '../../api/ask.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { type Trouble, useSending } from '../../api/use-sending.ts';
import { FormDialog } from '../../design/form-dialog.tsx';
import { FormField, FormTrouble } from '../../design/form-field.tsx';
import { useLanguage } from '../../shell/language.ts';
import { aboutItsField } from '../../sign-up/about-its-field.ts';
import type { InvitesWords } from './words.en.ts';

interface MakeProps {
  readonly words: InvitesWords;
  readonly onClose: () => void;
  /** Letters reach people. */
  readonly hasMail: boolean;
  readonly onMade: (made: MadeInvitation) => void;
}

const DAY_MS = 86_400_000;
const DAYS = [1, 7, 30, 90];
const USUAL_DAYS = 7;
const ROLES = ['member', 'billing', 'administrator'] as const;

/** For whom, for how long, and which of one's own teams they join. */
export function MakeInvitation({ words, hasMail, onClose, onMade }: MakeProps): ReactNode {
  const { make } = words;
  const { isBusy, trouble, send } = useSending(words.didNotWork);
  const { data: me } = useAnswer<Me>('/me');
  const [team, setTeam] = useState('');
  const [email, setEmail] = useState('');
  const teams = me?.teams.filter(({ personal }) => !personal) ?? [];
  const save = (form: FormData) => {
    const letter = form.get('letter') ?? '';
    void send(async () => {
      const made = await ask<MadeInvitation>('POST', '/operator/invitations', {
        ...(email !== '' && { email }),
        ...(letter !== '' && { letter }),
        ...(team !== '' && { team, role: form.get('role') }),
        expiresAtMs: Date.now() + Number(form.get('days')) * DAY_MS - 60_000,
      }).catch(aboutItsField);
      onMade(made);
    });
  };
  return (
    <FormDialog
      title={make.title}
      closeLabel={words.close}
      onClose={onClose}
      save={make.save}
      saving={make.saving}
      isBusy={isBusy}
      onSave={save}
    >
      <FormField name="email" label={make.email} hint={make.emailHint} trouble={trouble}>
        {(control) => (
          <input
            {...control}
            type="email"
            className="input"
            maxLength={254}
            autoComplete="off"
            value={email}
            onChange={(event) => setEmail(event.target.value.trim())}
          />
        )}
      </FormField>
      {email !== '' && <LetterField words={words} hasMail={hasMail} trouble={trouble} />}
      {teams.length > 0 && (
        <FormField name="team" label={make.team} trouble={trouble}>
          {(control) => (
            <select
              {...control}
              className="select"
              value={team}
              onChange={(event) => setTeam(event.target.value)}
            >
              <option value="">{make.noTeam}</option>
              {teams.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </FormField>
      )}
      {team !== '' && (
        <FormField name="role" label={make.role} trouble={trouble}>
          {(control) => (
            <select {...control} className="select" defaultValue="member">
              {ROLES.map((role) => (
                <option key={role} value={role}>
                  {words.roles[role]}
                </option>
              ))}
            </select>
          )}
        </FormField>
      )}
      <FormField name="days" label={make.days} trouble={trouble}>
        {(control) => (
          <select {...control} className="select" defaultValue={USUAL_DAYS}>
            {DAYS.map((days) => (
              <option key={days} value={days}>
                {make.daysOf(days)}
              </option>
            ))}
          </select>
        )}
      </FormField>
      <FormTrouble trouble={trouble} fields={['email', 'letter', 'team', 'role', 'days']} />
    </FormDialog>
  );
}

/** Whether the link goes to the address by letter, and in which language; where none can go, why. */
function LetterField(props: {
  readonly words: InvitesWords;
  readonly hasMail: boolean;
  readonly trouble: Trouble | undefined;
}): ReactNode {
  const { make } = props.words;
  const language = useLanguage();
  if (!props.hasMail) return <p className="meta">{make.noMail}</p>;
  return (
    <FormField name="letter" label={make.letter} hint={make.letterHint} trouble={props.trouble}>
      {(control) => (
        <select {...control} className="select" defaultValue={language}>
          {(['en', 'zh'] as const).map((each) => (
            <option key={each} value={each}>
              {make.letters[each]}
            </option>
          ))}
          <option value="">{make.noLetter}</option>
        </select>
      )}
    </FormField>
  );
}
