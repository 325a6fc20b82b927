import { type ReactNode, Suspense, useEffect, useRef } from 'react';
import { Link, useLocation } from 'wouter';
import { Icon } from '../design/icons.tsx';
import { Wordmark } from '../design/wordmark.tsx';
import { openPalette } from '../palette/open-palette.ts';
import { InvitationBanners } from './invitation-banners.tsx';
import { NoticeBanners } from './notice-banners.tsx';
import { usePerson } from './person.tsx';
import { PersonMenu } from './person-menu.tsx';
import { PlaceLink } from './place-link.tsx';
import { OPERATOR_PLACES, PLACES, type Place } from './places.ts';
import { TabBar } from './tab-bar.tsx';
import type { ShellWords } from './words.en.ts';

const FIND_KEY = navigator.platform.startsWith('Mac') ? '⌘K' : 'Ctrl K';

interface FrameProps {
  readonly words: ShellWords;
  readonly children: ReactNode;
}

/** The desk with its side, and the sheet that pages lie on. */
export function Frame({ words, children }: FrameProps): ReactNode {
  const { me } = usePerson();
  const [location] = useLocation();
  const sheet = useRef<HTMLElement>(null);
  const shown = useRef(location);
  // A new page begins at its top, and with the keyboard in it.
  useEffect(() => {
    if (shown.current === location) return;
    shown.current = location;
    sheet.current?.scrollTo(0, 0);
    sheet.current?.focus();
  }, [location]);
  return (
    <div className="app">
      <a className="btn pri skip" href="#content">
        {words.skip}
      </a>
      <aside className="side">
        <Link href="/console" className="brand">
          <Wordmark />
        </Link>
        <button type="button" className="find" aria-haspopup="dialog" onClick={openPalette}>
          <Icon name="find" />
          {words.find}
          <kbd>{FIND_KEY}</kbd>
        </button>
        <div className="places">
          <Places places={PLACES} words={words} label={words.nav.label} />
          {me.isOperator && (
            <Places places={OPERATOR_PLACES} words={words} label={words.nav.operator} isNamed />
          )}
        </div>
        <PersonMenu words={words} />
      </aside>
      <main className="sheet" id="content" ref={sheet} tabIndex={-1}>
        {me.installation.isSimulated && (
          <div className="banner info simulated">
            <span className="grow">{words.simulated}</span>
            {me.isOperator && <Link href="/set-up">{words.connect}</Link>}
          </div>
        )}
        <NoticeBanners notices={me.notices} words={words} />
        <InvitationBanners invitations={me.invitations} words={words} />
        <Suspense>{children}</Suspense>
      </main>
      <TabBar words={words} />
    </div>
  );
}

function Places(props: {
  readonly places: readonly Place[];
  readonly words: ShellWords;
  readonly label: string;
  /** The label is seen, not only heard. */
  readonly isNamed?: boolean;
}): ReactNode {
  return (
    <nav className="nav" aria-label={props.label}>
      {props.isNamed && <div className="micro">{props.label}</div>}
      {props.places.map((place) => (
        <PlaceLink place={place} words={props.words} key={place.path} />
      ))}
    </nav>
  );
}
