import { type ReactNode, useContext, useState } from 'react';
import { Link } from 'wouter';
import { LanguageContext } from './language.ts';
import { usePerson } from './person.tsx';
import { signOut } from './sign-out.ts';
import { chosenTheme, turnTheme } from './theme.ts';
import type { ShellWords } from './words.en.ts';

interface PersonChoicesProps {
  readonly words: ShellWords;
  /** A link does not close what it stands in. */
  readonly onGo: () => void;
}

/** What somebody chooses for themselves: the team that is shown, language, theme, and the way out. */
export function PersonChoices({ words, onGo }: PersonChoicesProps): ReactNode {
  const { me, team, chooseTeam } = usePerson();
  const { language, setLanguage } = useContext(LanguageContext);
  const [theme, setTheme] = useState(chosenTheme);
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
      <button type="button" onClick={() => setTheme(turnTheme())}>
        {words.menu.theme[theme]}
      </button>
      <hr />
      <Link href="/console/profile" onClick={onGo}>
        {words.menu.profile}
      </Link>
      <Link href="/console/security" onClick={onGo}>
        {words.menu.security}
      </Link>
      <hr />
      <button type="button" onClick={() => void signOut()}>
        {words.menu.signOut}
      </button>
    </>
  );
}
