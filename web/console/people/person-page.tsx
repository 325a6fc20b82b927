import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Link, useParams } from 'wouter';
import type { PersonDetail } from '../../../src/http/api/wire/operator-people.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Failed, Skeleton } from '../../design/section-state.tsx';
import { useLanguage } from '../../shell/language.ts';
import { momentText } from '../../shell/moments.ts';
import { MoveCredit, type Movement } from './move-credit.tsx';
import './people.css';
import { PersonAccess } from './person-access.tsx';
import { PersonSignInSection } from './person-sign-in.tsx';
import { PersonTeams } from './person-teams.tsx';
import type { PeopleWords } from './words.en.ts';

/** `/console/people/:personId`: what one person may, how they sign in, their teams, and the credit of these. */
export function PersonPage({ words }: { readonly words: PeopleWords }): ReactNode {
  const { personId = '' } = useParams<{ personId: string }>();
  const path = `/operator/people/${encodeURIComponent(personId)}`;
  const answer = useAnswer<PersonDetail>(path);
  // Another person's figures never stand in while this one's load.
  const person = answer.isPlaceholderData ? undefined : answer.data;
  const queries = useQueryClient();
  const language = useLanguage();
  const [movement, setMovement] = useState<Movement | undefined>();
  const reload = () =>
    void queries.invalidateQueries({
      predicate: ({ queryKey }) => String(queryKey[0]).startsWith('/operator/people'),
    });
  return (
    <div className="page">
      <div className="head">
        <div className="grow">
          <Link href="/console/people" className="meta">
            {words.person.back}
          </Link>
          {person !== undefined && (
            <>
              <h1>{person.name}</h1>
              <p className="sub">
                {person.email} · {words.person.since(momentText(person.createdAtMs, language))}
              </p>
            </>
          )}
        </div>
      </div>
      {answer.isError && (
        <Failed text={words.failed} again={words.again} onAgain={() => void answer.refetch()} />
      )}
      {person === undefined && !answer.isError && <Skeleton label={words.loading} />}
      {person !== undefined && (
        <>
          <PersonAccess words={words} person={person} onChanged={reload} />
          <PersonSignInSection key={person.id} words={words} person={person} />
          <PersonTeams words={words} teams={person.memberOf} onMove={setMovement} />
        </>
      )}
      {movement !== undefined && (
        <MoveCredit
          words={words}
          movement={movement}
          onClose={() => setMovement(undefined)}
          onDone={() => {
            setMovement(undefined);
            reload();
          }}
        />
      )}
    </div>
  );
}
