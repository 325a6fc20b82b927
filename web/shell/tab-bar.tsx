import { type ReactNode, useState } from 'react';
import { useLocation } from 'wouter';
import { Icon } from '../design/icons.tsx';
import { MoreSheet } from './more-sheet.tsx';
import { usePerson } from './person.tsx';
import { PlaceLink } from './place-link.tsx';
import { isAt, OPERATOR_PLACES, PLACES } from './places.ts';
import type { ShellWords } from './words.en.ts';

/** The foot of a phone: the places people go to most, and a door to all others. */
export function TabBar({ words }: { readonly words: ShellWords }): ReactNode {
  const { me } = usePerson();
  const [location] = useLocation();
  const [isOpen, setIsOpen] = useState(false);
  const isElsewhere = [...PLACES, ...(me.isOperator ? OPERATOR_PLACES : [])].some(
    (place) => place.isInTabBar !== true && isAt(place, location),
  );
  return (
    <>
      <nav className="tabbar" aria-label={words.nav.label}>
        {PLACES.filter(({ isInTabBar }) => isInTabBar).map((place) => (
          <PlaceLink place={place} words={words} key={place.path} />
        ))}
        <button
          type="button"
          aria-haspopup="dialog"
          {...(isElsewhere && { 'aria-current': true })}
          onClick={() => setIsOpen(true)}
        >
          <Icon name="more" />
          {words.more}
        </button>
      </nav>
      {isOpen && <MoreSheet words={words} onClose={() => setIsOpen(false)} />}
    </>
  );
}
