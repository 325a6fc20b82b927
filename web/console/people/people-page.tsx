import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useDeferredValue, useState } from 'react';
import { useLocation } from 'wouter';
import type { Person } from '../../../src/http/api/wire/operator-people.ts';
import { usePages } from '../../api/use-pages.ts';
import { Icon } from '../../design/icons.tsx';
import { Empty, Failed, Skeleton } from '../../design/section-state.tsx';
import { AddPerson } from './add-person.tsx';
import './people.css';
import { PeopleTable } from './people-table.tsx';
import type { PeopleWords } from './words.en.ts';

/** `/console/people`: who is here, found by how an address begins. */
export function PeoplePage({ words }: { readonly words: PeopleWords }): ReactNode {
  const [typed, setTyped] = useState('');
  const [isAdding, setIsAdding] = useState(false);
  const [, go] = useLocation();
  const queries = useQueryClient();
  // Typing never waits for the list.
  const q = useDeferredValue(typed.trim());
  const people = usePages<Person>(`/operator/people?q=${encodeURIComponent(q)}`);
  const rows = people.data?.pages.flatMap((page) => page.rows);
  return (
    <div className="page">
      <div className="head">
        <div>
          <h1>{words.title}</h1>
          <p className="sub">{words.lead}</p>
        </div>
        <div className="acts">
          <button type="button" className="btn pri" onClick={() => setIsAdding(true)}>
            <Icon name="plus" />
            {words.add.action}
          </button>
        </div>
      </div>
      <input
        type="search"
        className="input people-search"
        aria-label={words.search}
        placeholder={words.search}
        maxLength={100}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      {people.isError && (
        <Failed text={words.failed} again={words.again} onAgain={() => void people.refetch()} />
      )}
      {people.isPending && <Skeleton label={words.loading} />}
      {rows?.length === 0 && (
        <Empty title={words.nobody.title} text={words.nobody.text}>
          <button type="button" className="btn" onClick={() => setTyped('')}>
            {words.nobody.all}
          </button>
        </Empty>
      )}
      {rows !== undefined && rows.length > 0 && <PeopleTable words={words} rows={rows} />}
      {people.hasNextPage && (
        <button
          type="button"
          className="btn people-more"
          disabled={people.isFetchingNextPage}
          onClick={() => void people.fetchNextPage()}
        >
          {people.isFetchingNextPage ? words.loadingMore : words.more}
        </button>
      )}
      {isAdding && (
        <AddPerson
          words={words}
          onClose={() => setIsAdding(false)}
          onDone={({ id }) => {
            void queries.invalidateQueries({
              predicate: ({ queryKey }) => String(queryKey[0]).startsWith('/operator/people?'),
            });
            go(`/console/people/${encodeURIComponent(id)}`);
          }}
        />
      )}
    </div>
  );
}
