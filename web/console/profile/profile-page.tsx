import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useContext, useState } from 'react';
import type { Security } from '../../../src/http/api/wire/security.ts';
import { ask } from '../../api/ask.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useSending } from '../../api/use-sending.ts';
import { FormTrouble } from '../../design/form-field.tsx';
import { Failed, Skeleton } from '../../design/section-state.tsx';
import { type Language, LanguageContext } from '../../shell/language.ts';
import { usePerson } from '../../shell/person.tsx';
import { applyTheme, chosenTheme, type Theme } from '../../shell/theme.ts';
import { SettingRow } from '../security/setting-row.tsx';
import '../security/security.css';
import { ChangeName } from './change-name.tsx';
import { Choice } from './choice.tsx';
import { EmailRow } from './email-row.tsx';
import type { ProfileWords } from './words.en.ts';

/** `/console/profile`: who somebody is here, and how things are shown to them. */
export function ProfilePage({ words }: { readonly words: ProfileWords }): ReactNode {
  const { me } = usePerson();
  const queries = useQueryClient();
  const { language, setLanguage } = useContext(LanguageContext);
  const { data: security, error, refetch } = useAnswer<Security>('/me/security');
  const [theme, setTheme] = useState(chosenTheme);
  const [isNaming, setNaming] = useState(false);
  const { trouble, send } = useSending(words.didNotWork);
  const reload = () => void queries.invalidateQueries({ queryKey: ['/me'] });
  const chooseLanguage = async (chosen: Language) => {
    setLanguage(chosen);
    // Letters are written in it too, wherever they are read.
    if (await send(() => ask('PATCH', '/me', { language: chosen }))) reload();
  };
  const chooseTheme = (chosen: Theme) => {
    applyTheme(chosen);
    setTheme(chosen);
  };
  return (
    <div className="page">
      <div className="head">
        <div>
          <h1>{words.title}</h1>
          <p className="sub">{words.lead}</p>
        </div>
      </div>
      <SettingRow title={words.name.title} text={me.name}>
        <button type="button" className="btn" onClick={() => setNaming(true)}>
          {words.name.change}
        </button>
      </SettingRow>
      {security === undefined && error === null && <Skeleton label={words.loading} rows={1} />}
      {error !== null && <Failed text={words.failed} again={words.again} onAgain={() => void refetch()} />}
      {security !== undefined && (
        <EmailRow
          words={words}
          email={me.email}
          isConfirmed={security.isEmailConfirmed}
          hasPassword={security.hasPassword}
        />
      )}
      <SettingRow title={words.language.title} text={words.language.text}>
        <Choice
          label={words.language.title}
          value={language}
          options={words.language.options}
          onChoose={(chosen) => void chooseLanguage(chosen)}
        />
      </SettingRow>
      <SettingRow title={words.theme.title} text={words.theme.text}>
        <Choice
          label={words.theme.title}
          value={theme}
          options={words.theme.options}
          onChoose={chooseTheme}
        />
      </SettingRow>
      <FormTrouble trouble={trouble} />
      {isNaming && (
        <ChangeName
          words={words}
          name={me.name}
          onClose={() => setNaming(false)}
          onDone={() => {
            setNaming(false);
            reload();
          }}
        />
      )}
    </div>
  );
}
