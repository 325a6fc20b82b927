import type { ReactNode } from 'react';
import { Dialog } from '../design/dialog.tsx';
import { Icon } from '../design/icons.tsx';
import { openPalette } from '../palette/open-palette.ts';
import { usePerson } from './person.tsx';
import { PersonChoices } from './person-choices.tsx';
import { PlaceLink } from './place-link.tsx';
import { OPERATOR_PLACES, PLACES } from './places.ts';
import type { ShellWords } from './words.en.ts';

/** What a phone's bar has no room for: the other places, and what the person menu has. */
export function MoreSheet(props: { readonly words: ShellWords; readonly onClose: () => void }): ReactNode {
  const { words, onClose } = props;
  const { me } = usePerson();
  const rest = PLACES.filter(({ isInTabBar }) => isInTabBar !== true);
  return (
    <Dialog title={me.name} closeLabel={words.close} onClose={onClose}>
      <button
        type="button"
        className="find"
        onClick={() => {
          onClose();
          openPalette();
        }}
      >
        <Icon name="find" />
        {words.find}
      </button>
      <nav className="more-places" aria-label={words.nav.label}>
        {rest.map((place) => (
          <PlaceLink place={place} words={words} key={place.path} onGo={onClose} />
        ))}
      </nav>
      {me.isOperator && (
        <nav className="more-places" aria-label={words.nav.operator}>
          <div className="micro">{words.nav.operator}</div>
          {OPERATOR_PLACES.map((place) => (
            <PlaceLink place={place} words={words} key={place.path} onGo={onClose} />
          ))}
        </nav>
      )}
      <div className="more-choices">
        <PersonChoices words={words} onGo={onClose} />
      </div>
    </Dialog>
  );
}
