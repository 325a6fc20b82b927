import type { ReactNode } from 'react';
import { useContext } from 'react';
import { useLocation } from 'wouter';
import type { Me } from '../../src/http/api/wire/me.ts';
import { useAnswer } from '../api/use-answer.ts';
import { Wordmark } from '../design/wordmark.tsx';
import { LanguageContext } from '../shell/language.ts';
import { SetUpPage } from './set-up-page.tsx';
import type { SetUpWords } from './words.en.ts';

/** `/set-up`: the steps of a first visit, for the operator who is signed in. */
export function SetUpRoute({ words }: { readonly words: SetUpWords }): ReactNode {
  const [, navigate] = useLocation();
  const { language, setLanguage } = useContext(LanguageContext);
  const { data: me } = useAnswer<Me>('/me');
  const team = me?.teams[0];
  if (me === undefined || team === undefined) return null;
  return (
    <SetUpPage
      words={words}
      email={me.email}
      teamId={team.id}
      credit="$25.00"
      wordmark={<Wordmark />}
      onOtherLanguage={() => setLanguage(language === 'en' ? 'zh' : 'en')}
      onDone={() => navigate('/console')}
    />
  );
}
