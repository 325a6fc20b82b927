import { type ReactNode, useContext, useState } from 'react';
import { send } from '../api/send-auth.ts';
import { LanguageContext } from './language.ts';
import { usePerson } from './person.tsx';
import { applyTheme, chosenTheme, type Theme } from './theme.ts';
import type { ShellWords } from './words.en.ts';

const NEXT_THEME: Record<Theme, Theme> = { system: 'light', light: 'dark', dark: 'system' };

/** What somebody chooses for themselves: the team that is shown, language, theme, and the way out. */
export function PersonChoices({ words }: { readonly words: ShellWords }): ReactNode {
  const { me, team, chooseTeam } = usePerson();
  const { language, setLanguage } = useContext(LanguageContext);
  const [theme, setTheme] = useState(chosenTheme);
  const turnTheme = () => {
    const next = NEXT_THEME[theme];
    applyTheme(next);
    setTheme(next);
  };
  const signOut = async () => {
    await send('/sign-out', {});
    // Nothing of this person may stay in the page's memory.
    location.assign('/sign-in');
  };
  return (
    <>
      {me.teams
        .filter(({ id }) => id !== team.id)
        .map(({ id, name }) => (
          <button type="button" key={id} onClick={() => chooseTeam(id)}>
            {words.menu.team(name)}
          </button>
        ))}
      <button
        type="button"
        lang={language === 'en' ? 'zh-CN' : 'en'}
        onClick={() => setLanguage(language === 'en' ? 'zh' : 'en')}
      >
        {words.menu.language}
      </button>
      <button type="button" onClick={turnTheme}>
        {words.menu.theme[theme]}
      </button>
      <hr />
      <button type="button" onClick={() => void signOut()}>
        {words.menu.signOut}
      </button>
    </>
  );
}
