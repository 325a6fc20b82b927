import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Link, Redirect, useLocation, useSearchParams } from 'wouter';
import type { SetUpState } from '../../src/http/api/wire/set-up.ts';
import type { SignUpState } from '../../src/http/api/wire/sign-up.ts';
import { useAnswer } from '../api/use-answer.ts';
import { passkeysHere } from '../passkeys/passkey-place.ts';
import { AttemptProblem } from './attempt-problem.tsx';
import { CodeForm } from './code-form.tsx';
import { Gate } from './gate.tsx';
import { ownPath } from './own-path.ts';
import { PasskeyButton, PasskeyHint } from './passkey-part.tsx';
import { PasswordForm } from './password-form.tsx';
import { problemOfProvider } from './problem-of.ts';
import { ProviderButtons } from './provider-buttons.tsx';
import { SecondStep } from './second-step.tsx';
import { useWays } from './use-ways.ts';
import type { SignInWords } from './words.en.ts';

/** `/sign-in`. Afterwards the person is where they wanted to go. */
export function SignInPage({ words }: { readonly words: SignInWords }): ReactNode {
  const [, navigate] = useLocation();
  const [search] = useSearchParams();
  const queries = useQueryClient();
  const ways = useWays();
  const [email, setEmail] = useState('');
  const [isByCode, setByCode] = useState(false);
  const [isMore, setMore] = useState(search.get('step') === 'second');
  const refused = search.get('error');
  const registration = useAnswer<SignUpState>('/sign-up').data?.registration;
  const { data: setUp } = useAnswer<SetUpState>('/set-up');
  // Nobody has a password yet: the other page says how to come by one.
  if (setUp?.isOpen === true) return <Redirect to="/set-up" replace />;

  const enter = () => {
    queries.clear();
    navigate(ownPath(search.get('then')), { replace: true });
  };
  if (isMore)
    return (
      <Gate words={words} title={words.second.title} lead={words.to(location.host)}>
        <SecondStep words={words} onSignedIn={enter} onBack={() => setMore(false)} />
      </Gate>
    );

  const place = ways && passkeysHere(ways.passkeyOrigin);
  // The form does not move when the answer comes as it nearly always does.
  const mayHavePasskeys =
    place === undefined ? passkeysHere(location.origin).kind === 'here' : place.kind === 'here';
  const providers = ways?.providers ?? [];
  const wayIn = {
    words,
    email,
    onEmail: setEmail,
    onOther: () => setByCode(!isByCode),
    onPassed: (isAsked: boolean) => (isAsked ? setMore(true) : enter()),
  };
  return (
    <Gate words={words} title={words.title} lead={words.to(location.host)}>
      {refused !== null && <AttemptProblem words={words} problem={problemOfProvider(refused)} />}
      <div className="stack others">
        {mayHavePasskeys && <PasskeyButton words={words} isHere={place?.kind === 'here'} onEntered={enter} />}
        <ProviderButtons words={words} providers={providers} then={ownPath(search.get('then'))} />
      </div>
      {(mayHavePasskeys || providers.length > 0) && (
        <div className="or">
          <span>{words.orByEmail}</span>
        </div>
      )}
      {isByCode ? <CodeForm {...wayIn} isByFolder={ways?.mail === 'folder'} /> : <PasswordForm {...wayIn} />}
      <PasskeyHint words={words} place={place} />
      <p className="meta t3 hint">
        {registration === 'open' ? (
          <>
            {words.newHere} <Link href="/sign-up">{words.signUp}</Link>
          </>
        ) : registration === 'invite-only' ? (
          words.invited
        ) : (
          words.closed
        )}
      </p>
    </Gate>
  );
}
