import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useContext, useState } from 'react';
import type { Me } from '../../../src/http/api/wire/me.ts';
import type { Security } from '../../../src/http/api/wire/security.ts';
import { ask } from '../../api/ask.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useSending } from '../../api/use-sending.ts';
import { FormTrouble } from '../../design/form-field.tsx';
import { Failed, Skeleton } from '../../design/section-state.tsx';
import { LanguageContext } from '../../shell/language.ts';
import { usePerson } from '../../shell/person.tsx';
import { applyTheme, chosenTheme, type Theme } from '../../shell/theme.ts';
import { browsersZone } from '../../shell/zone.ts';
import { SettingRow } from '../security/setting-row.tsx';
import '../security/security.css';
import { ChangeName } from './change-name.tsx';
import { Choice } from './choice.tsx';
import { EmailRow } from './email-row.tsx';
import type { ProfileWords } from './words.en.ts';

/** Stands for no choice. */
const BROWSERS = '';

/** Every zone that this browser knows, and the one that was chosen, should another browser know more. */
function zoneOptions(chosen: string | null, browsers: string): Record<string, string> {
  const zones = Intl.supportedValuesOf('timeZone');
  const all = chosen === null || zones.includes(chosen) ? zones : [chosen, ...zones];
  return Object.fromEntries([[BROWSERS, browsers], ...all.map((zone) => [zone, zone.replaceAll('_', ' ')])]);
}

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
  const chooseZone = async (zone: string) => {
    const timeZone = zone === BROWSERS ? null : zone;
    await send(async () => queries.setQueryData(['/me'], await ask<Me>('PATCH', '/me', { timeZone })));
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
          onChoose={setLanguage}
        />
      </SettingRow>
      <SettingRow title={words.zone.title} text={words.zone.text}>
        <Choice
          label={words.zone.title}
          value={me.preferences.timeZone ?? BROWSERS}
          options={zoneOptions(me.preferences.timeZone, words.zone.browsers(browsersZone()))}
          onChoose={(chosen) => void chooseZone(chosen)}
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
