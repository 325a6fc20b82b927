import { type ReactNode, useContext, useState } from 'react';
import { send } from '../api/send-auth.ts';
import { Icon } from '../design/icons.tsx';
import { LanguageContext } from './language.ts';
import { usePerson } from './person.tsx';
import { applyTheme, chosenTheme, type Theme } from './theme.ts';
import type { ShellWords } from './words.en.ts';

const NEXT_THEME: Record<Theme, Theme> = { system: 'light', light: 'dark', dark: 'system' };

/** Who is signed in, at the foot of the side; opens to teams, language, theme and the way out. */
export function PersonMenu({ words }: { readonly words: ShellWords }): ReactNode {
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
      <button type="button" className="me" popoverTarget="person-menu" aria-label={words.menu.open(me.name)}>
        <span className="av">{[...me.name][0]?.toUpperCase()}</span>
        <span className="grow">
          <span className="ell b5 own-line">{me.name}</span>
          <span className="meta t3 ell own-line">{team.name}</span>
        </span>
        <Icon name="updown" />
      </button>
      <div className="menu person-menu" id="person-menu" popover="auto">
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
      </div>
    </>
  );
}
