import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useContext, useState } from 'react';
import { Redirect, useLocation, useSearchParams } from 'wouter';
import type { SetUpState } from '../../src/http/api/wire/set-up.ts';
import { AuthRefused, send } from '../api/send-auth.ts';
import { useAnswer } from '../api/use-answer.ts';
import { Icon } from '../design/icons.tsx';
import { Wordmark } from '../design/wordmark.tsx';
import { LanguageContext } from '../shell/language.ts';
import { ownPath } from './own-path.ts';
import { Scene } from './scene.tsx';
import './sign-in.css';
import type { SignInWords } from './words.en.ts';

type Problem = keyof SignInWords['problems'];

/** `/sign-in`. Afterwards the person is where they wanted to go. */
export function SignInPage({ words }: { readonly words: SignInWords }): ReactNode {
  const { language, setLanguage } = useContext(LanguageContext);
  const [, navigate] = useLocation();
  const [search] = useSearchParams();
  const queries = useQueryClient();
  const [problem, setProblem] = useState<Problem | undefined>();
  const [isBusy, setBusy] = useState(false);
  const { data: setUp } = useAnswer<SetUpState>('/set-up');
  // Nobody has a password yet: the other page says how to come by one.
  if (setUp?.isOpen === true) return <Redirect to="/set-up" replace />;

  const signIn = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    setBusy(true);
    setProblem(undefined);
    try {
      await send('/sign-in/email', { email: fields.get('email'), password: fields.get('password') });
      queries.clear();
      navigate(ownPath(search.get('then')), { replace: true });
    } catch (error) {
      setProblem(problemOf(error));
      setBusy(false);
    }
  };
  return (
    <div className="si">
      <header className="row">
        <span className="brand">
          <Wordmark />
        </span>
        <button
          type="button"
          className="btn ghost sm push"
          lang={language === 'en' ? 'zh-CN' : 'en'}
          onClick={() => setLanguage(language === 'en' ? 'zh' : 'en')}
        >
          <Icon name="globe" />
          {words.otherLanguage}
        </button>
      </header>
      <main>
        <div className="card">
          <h1>{words.title}</h1>
          <p className="meta lead">{words.to(location.host)}</p>
          <form className="stack g4" onSubmit={(event) => void signIn(event)}>
            <div className="field">
              <label htmlFor="email">{words.email}</label>
              <input
                className="input"
                id="email"
                name="email"
                type="email"
                autoComplete="username"
                required
              />
            </div>
            <div className="field">
              <label htmlFor="password">{words.password}</label>
              <input
                className="input"
                id="password"
                name="password"
                type="password"
                autoComplete="current-password"
                required
              />
            </div>
            {problem !== undefined && (
              <p className="banner bad" role="alert">
                {words.problems[problem]}
              </p>
            )}
            <button type="submit" className="btn pri block" disabled={isBusy}>
              {isBusy ? words.signingIn : words.signIn}
            </button>
          </form>
          <p className="meta t3 hint">{words.forgotten}</p>
          <p className="meta t3 hint">{words.closed}</p>
        </div>
      </main>
      <Scene />
      <footer className="meta t3">{words.stays}</footer>
    </div>
  );
}

function problemOf(error: unknown): Problem {
  if (!(error instanceof AuthRefused)) return 'away';
  if (error.status === 429) return 'tooMany';
  if (error.code === 'BANNED') return 'banned';
  return error.status >= 500 ? 'away' : 'wrong';
}
