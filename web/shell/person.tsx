import { createContext, useContext } from 'react';
import type { Me, OwnTeam } from '../../src/http/api/wire/me.ts';

/** Who is signed in, and the team whose figures are shown. */
export interface SignedInPerson {
  readonly me: Me;
  readonly team: OwnTeam;
  readonly chooseTeam: (teamId: string) => void;
}

export const PersonContext = createContext<SignedInPerson | undefined>(undefined);

/** Below the frame there is always somebody. */
export function usePerson(): SignedInPerson {
  const person = useContext(PersonContext);
  if (person === undefined) throw new Error('a page of a person was shown to nobody');
  return person;
}
