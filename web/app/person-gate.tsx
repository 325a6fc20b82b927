import { type ReactNode, useMemo, useState } from 'react';
import { Redirect, useLocation } from 'wouter';
import type { Me } from '../../src/http/api/wire/me.ts';
import { Refused } from '../api/ask.ts';
import { useAnswer } from '../api/use-answer.ts';
import { PaletteDoor } from '../palette/palette-door.tsx';
import { PersonContext } from '../shell/person.tsx';
import { showIn } from '../shell/zone.ts';
import { useOwnLanguage } from './use-own-language.ts';

const CHOSEN_TEAM = 'turnpike.team';

/** Lets nobody in who is not signed in, and remembers where they wanted to go. */
export function PersonGate({ children }: { readonly children: ReactNode }): ReactNode {
  const [location] = useLocation();
  const { data: me, error } = useAnswer<Me>('/me');
  const [chosen, setChosen] = useState(() => localStorage.getItem(CHOSEN_TEAM));
  const team = me?.teams.find(({ id }) => id === chosen) ?? me?.teams[0];
  useOwnLanguage(me);
  const zone = me?.preferences.timeZone ?? null;
  // Before anything that shows a time is drawn, and again when it was changed.
  useMemo(() => showIn(zone), [zone]);
  const person = useMemo(() => {
    if (me === undefined || team === undefined) return undefined;
    const chooseTeam = (id: string) => {
      localStorage.setItem(CHOSEN_TEAM, id);
      setChosen(id);
    };
    return { me, team, chooseTeam };
  }, [me, team]);
  if (error instanceof Refused && error.status === 401)
    return <Redirect to={`/sign-in?then=${encodeURIComponent(location)}`} replace />;
  // A server that is away is the error boundary's; one that has not answered yet is nothing for a moment.
  if (error !== null && me === undefined) throw error;
  if (person === undefined) return null;
  return (
    <PersonContext value={person}>
      {children}
      <PaletteDoor />
    </PersonContext>
  );
}
