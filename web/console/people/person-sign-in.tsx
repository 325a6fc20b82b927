import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import type { PersonDetail } from '../../../src/http/api/wire/operator-people.ts';
import type { PersonSignIn } from '../../../src/http/api/wire/person-sign-in.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Failed, Skeleton } from '../../design/section-state.tsx';
import { usePerson } from '../../shell/person.tsx';
import { GivePassword } from './give-password.tsx';
import { type Asking, SignInChange } from './sign-in-change.tsx';
import { SignInRows } from './sign-in-rows.tsx';
import type { PeopleWords } from './words.en.ts';

interface PersonSignInProps {
  readonly words: PeopleWords;
  readonly person: PersonDetail;
}

/** How a person signs in, and what an operator does when they cannot, or when somebody else does. */
export function PersonSignInSection({ words, person }: PersonSignInProps): ReactNode {
  const say = words.signIn;
  const { me } = usePerson();
  const path = `/operator/people/${encodeURIComponent(person.id)}/sign-in`;
  const answer = useAnswer<PersonSignIn>(path);
  const signIn = answer.isPlaceholderData ? undefined : answer.data;
  const queries = useQueryClient();
  const [asking, setAsking] = useState<Asking | undefined>();
  const [said, setSaid] = useState('');
  const reload = () => void queries.invalidateQueries({ queryKey: [path] });
  const isOwn = person.id === me.id;
  const mayChange = !isOwn && person.role !== 'owner';
  const close = () => setAsking(undefined);
  return (
    <section className="sec sign-in-of">
      <div className="sec-h">
        <h2>{say.title}</h2>
      </div>
      {answer.isError && (
        <Failed text={say.failed} again={words.again} onAgain={() => void answer.refetch()} />
      )}
      {signIn === undefined && !answer.isError && <Skeleton label={say.loading} />}
      {isOwn && (
        <p className="meta">
          {say.own} <Link href="/console/security">{say.ownPage}</Link>
        </p>
      )}
      {!isOwn && !mayChange && <p className="meta">{say.owner}</p>}
      {signIn !== undefined && (
        <>
          {mayChange && !hasWayIn(signIn) && (
            <p className="t2">
              <span className="b5">{say.noWayIn.title}</span> {say.noWayIn.give}
              {signIn.hasMail && ` ${say.noWayIn.orMail}`}
            </p>
          )}
          <SignInRows
            words={words}
            signIn={signIn}
            onAsk={
              mayChange
                ? (what) => {
                    setSaid('');
                    setAsking(what);
                  }
                : undefined
            }
          />
        </>
      )}
      <p className="said meta" role="status">
        {said}
      </p>
      {asking?.kind === 'password' && (
        <GivePassword
          words={words}
          person={person}
          isFirst={signIn?.hasPassword === false}
          onMade={reload}
          onClose={close}
        />
      )}
      {asking !== undefined && asking.kind !== 'password' && (
        <SignInChange
          words={words}
          person={person}
          change={asking}
          onClose={close}
          onDone={() => {
            close();
            setSaid(say.said[asking.kind]);
            reload();
          }}
        />
      )}
    </section>
  );
}

function hasWayIn({ hasPassword, providers, passkeys }: PersonSignIn): boolean {
  return hasPassword || providers.length > 0 || passkeys.length > 0;
}
