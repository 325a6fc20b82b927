import { type ReactNode, useRef } from 'react';
import { Icon } from '../design/icons.tsx';
import { usePerson } from './person.tsx';
import { PersonChoices } from './person-choices.tsx';
import type { ShellWords } from './words.en.ts';

/** Who is signed in, at the foot of the side; opens to what they choose for themselves. */
export function PersonMenu({ words }: { readonly words: ShellWords }): ReactNode {
  const { me, team } = usePerson();
  const menu = useRef<HTMLDivElement>(null);
  return (
    <>
      <button type="button" className="me" popoverTarget="person-menu">
        <span className="av">{[...me.name][0]?.toUpperCase()}</span>
        <span className="grow">
          <span className="ell b5 own-line">{me.name}</span>
          <span className="meta t3 ell own-line">{team.name}</span>
        </span>
        <span className="sr-only">{words.menu.open}</span>
        <Icon name="updown" />
      </button>
      <div className="menu person-menu" id="person-menu" popover="auto" ref={menu}>
        <PersonChoices words={words} onGo={() => menu.current?.hidePopover()} />
      </div>
    </>
  );
}
