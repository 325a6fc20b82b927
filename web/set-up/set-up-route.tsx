import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useContext, useState } from 'react';
import { Redirect, useLocation } from 'wouter';
import type { Me } from '../../src/http/api/wire/me.ts';
import { Refused } from '../api/ask.ts';
import { useAnswer } from '../api/use-answer.ts';
import { Wordmark } from '../design/wordmark.tsx';
import { LanguageContext } from '../shell/language.ts';
import { AccountStep } from './account-step.tsx';
import { LinkNotice } from './link-notice.tsx';
import { SetUpFrame } from './set-up-frame.tsx';
import { SetUpPage } from './set-up-page.tsx';
import { tokenFromAddress } from './token-from-address.ts';
import { useSetUpState } from './use-set-up-state.ts';
import type { SetUpWords } from './words.en.ts';

const SIGN_IN_FIRST = '/sign-in?then=%2Fset-up';

/**
 * `/set-up`: the steps of a first visit. The first is for whoever comes with the link that the terminal shows, the
 * others for the operator who is signed in.
 */
export function SetUpRoute({ words }: { readonly words: SetUpWords }): ReactNode {
  const [, navigate] = useLocation();
  const { language, setLanguage } = useContext(LanguageContext);
  const queries = useQueryClient();
  const [token] = useState(tokenFromAddress);
  const [isContinued, setIsContinued] = useState(false);
  const { data: me, error } = useAnswer<Me>('/me');
  const isNobody = error instanceof Refused && error.status === 401;
  const { data: state, error: stateError } = useSetUpState(token, isNobody);
  const around = {
    words,
    wordmark: <Wordmark />,
    onOtherLanguage: () => setLanguage(language === 'en' ? 'zh' : 'en'),
  };

  if (isNobody) {
    // A server that is away is the error boundary's.
    if (state === undefined && stateError !== null) throw stateError;
    if (state === undefined) return null;
    if (!state.isOpen) return <Redirect to={SIGN_IN_FIRST} replace />;
    if (token === undefined || !state.isTokenGood)
      return (
        <SetUpFrame {...around}>
          <LinkNotice words={words} isStale={token !== undefined} />
        </SetUpFrame>
      );
    return (
      <SetUpFrame {...around} steps={['cur', 'later', 'later']}>
        <AccountStep
          words={words}
          token={token}
          onMade={async (isSignedIn) => {
            setIsContinued(true);
            if (!isSignedIn) navigate(SIGN_IN_FIRST, { replace: true });
            await queries.resetQueries();
          }}
        />
      </SetUpFrame>
    );
  }
  if (me === undefined && error !== null) throw error;
  const team = me?.teams[0];
  if (me === undefined || team === undefined) return null;
  if (!me.isOperator) return <Redirect to="/console" replace />;
  return (
    <SetUpPage
      {...around}
      email={me.email}
      teamId={team.id}
      onDone={() => navigate('/console')}
      isContinued={isContinued}
    />
  );
}
