import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { Gate } from '../sign-in/gate.tsx';
import { letterToken } from '../sign-in/letter-token.ts';
import { AccountForm } from './account-form.tsx';
import { AskForLink } from './ask-for-link.tsx';
import { useSignUpState } from './use-sign-up-state.ts';
import type { SignUpWords } from './words.en.ts';

/** `/sign-up`: an account by an invitation, or, where registration is open, by a link that goes to one's address. */
export function SignUpPage({ words }: { readonly words: SignUpWords }): ReactNode {
  const [, navigate] = useLocation();
  const queries = useQueryClient();
  const [token, setToken] = useState(letterToken);
  const { data: state, error } = useSignUpState(token);
  if (state === undefined) {
    // A server that is away is the error boundary's.
    if (error !== null) throw error;
    return null;
  }
  const { invitation, registration } = state;
  const to = words.to(location.host);
  const known = (
    <p className="meta hint">
      {words.known} <Link href="/sign-in">{words.signIn}</Link>
    </p>
  );
  if (invitation !== null)
    return (
      <Gate
        words={words}
        title={words.title}
        lead={invitation.team === null ? to : words.invitedTo(invitation.team, location.host)}
      >
        <AccountForm
          words={words}
          token={token}
          state={state}
          invitedEmail={invitation.email}
          onMade={(isSignedIn) => {
            queries.clear();
            navigate(isSignedIn ? '/console' : '/sign-in', { replace: true });
          }}
        />
        {known}
      </Gate>
    );
  if (token !== '')
    return (
      <Gate words={words} title={words.over.title} lead={words.over.text}>
        {registration === 'open' ? (
          <button type="button" className="btn block" onClick={() => setToken('')}>
            {words.over.ask}
          </button>
        ) : (
          <p className="t2">{words.over.operator}</p>
        )}
        {known}
      </Gate>
    );
  if (registration === 'open')
    return (
      <Gate words={words} title={words.title} lead={to}>
        <AskForLink words={words} state={state} />
        {known}
      </Gate>
    );
  const shut = words.shut[registration];
  return (
    <Gate words={words} title={shut.title} lead={to}>
      <p className="t2">{shut.text}</p>
      {known}
    </Gate>
  );
}
