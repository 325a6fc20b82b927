import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { Icon } from '../design/icons.tsx';
import { isAt, type Place } from './places.ts';
import type { ShellWords } from './words.en.ts';

export function PlaceLink(props: {
  readonly place: Place;
  readonly words: ShellWords;
  readonly onGo?: () => void;
}): ReactNode {
  const { place, words, onGo } = props;
  const [location] = useLocation();
  return (
    <Link
      href={place.path}
      {...(isAt(place, location) && { 'aria-current': 'page' as const })}
      {...(onGo !== undefined && { onClick: onGo })}
    >
      <Icon name={place.icon} />
      {words.nav[place.name]}
    </Link>
  );
}
