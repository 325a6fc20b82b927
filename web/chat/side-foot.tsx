import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { Icon } from '../design/icons.tsx';
import { usePerson } from '../shell/person.tsx';
import type { ChatWords } from './words.en.ts';

/** Who writes here and at whose cost; leads to the console. */
export function SideFoot({ words }: { readonly words: ChatWords }): ReactNode {
  const { me, team } = usePerson();
  return (
    <Link href="/console" className="me">
      <span className="av" aria-hidden="true">
        {[...me.name][0]?.toUpperCase()}
      </span>
      <span className="grow">
        <span className="ell b5 own-line">{me.name}</span>
        <span className="meta t3 ell own-line">{me.teams.length > 1 ? team.name : words.toConsole}</span>
      </span>
      <Icon name="settings" />
      <span className="sr-only">{words.toConsole}</span>
    </Link>
  );
}
