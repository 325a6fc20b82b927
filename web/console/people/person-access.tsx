import { type ReactNode, useState } from 'react';
import type { PersonDetail } from '../../../src/http/api/wire/operator-people.ts';
import { ask } from '../../api/ask.ts';
import { useSending } from '../../api/use-sending.ts';
import { FormTrouble } from '../../design/form-field.tsx';
import { usePerson } from '../../shell/person.tsx';
import { DisablePerson } from './disable-person.tsx';
import { Status } from './people-table.tsx';
import type { PeopleWords } from './words.en.ts';

interface AccessProps {
  readonly words: PeopleWords;
  readonly person: PersonDetail;
  readonly onChanged: () => void;
}

/** Role and access. The owner keeps theirs, and nobody locks themselves out. */
export function PersonAccess({ words, person, onChanged }: AccessProps): ReactNode {
  const { me } = usePerson();
  const { isBusy, trouble, send } = useSending(words.didNotWork);
  const [isAsking, setIsAsking] = useState(false);
  const change = async (edit: { role?: 'administrator' | 'user'; banned?: boolean }) => {
    if (await send(() => ask('PATCH', `/operator/people/${encodeURIComponent(person.id)}`, edit)))
      onChanged();
  };
  const isFixed = person.role === 'owner' || person.id === me.id;
  return (
    <>
      <div className="band b2 access">
        <div className="row g3">
          <div className="grow">
            <div className="k">{words.person.access}</div>
            <Status words={words} isDisabled={person.banned} />
            <p className="meta">{person.banned ? words.person.disabled : words.person.active}</p>
          </div>
          {!isFixed && (
            <button
              type="button"
              className={person.banned ? 'btn sm' : 'btn sm danger'}
              disabled={isBusy}
              onClick={() => (person.banned ? void change({ banned: false }) : setIsAsking(true))}
            >
              {person.banned ? words.person.enable : words.person.disable}
            </button>
          )}
        </div>
        <div className="row g3">
          <div className="grow">
            <div className="k">{words.person.role}</div>
            <div className="b5">{words.roles[person.role]}</div>
            {isFixed && (
              <p className="meta">
                {person.role === 'owner' ? words.person.ownerRole : words.person.ownRole}
              </p>
            )}
          </div>
          {!isFixed && (
            <button
              type="button"
              className="btn sm"
              disabled={isBusy}
              onClick={() =>
                void change({ role: person.role === 'administrator' ? 'user' : 'administrator' })
              }
            >
              {person.role === 'administrator' ? words.person.makeUser : words.person.makeAdministrator}
            </button>
          )}
        </div>
      </div>
      <FormTrouble trouble={trouble} />
      {isAsking && (
        <DisablePerson
          words={words}
          name={person.name}
          isBusy={isBusy}
          onKeep={() => setIsAsking(false)}
          onDisable={() => void change({ banned: true }).finally(() => setIsAsking(false))}
        />
      )}
    </>
  );
}
