import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Home } from '../../src/http/api/wire/home.ts';
import { useAnswer } from '../api/use-answer.ts';
import { Icon } from '../design/icons.tsx';
import { moneyText } from '../design/money.tsx';
import { usePerson } from '../shell/person.tsx';
import type { ChatWords } from './words.en.ts';

export function homePath(teamId: string): string {
  return `/teams/${teamId}/home`;
}

/** Who writes here and at whose cost; leads to the console. */
export function SideFoot({ words }: { readonly words: ChatWords }): ReactNode {
  const { me, team } = usePerson();
  const home = useAnswer<Home>(homePath(team.id)).data;
  return (
    <Link href="/console" className="me">
      <span className="av" aria-hidden="true">
        {[...me.name][0]?.toUpperCase()}
      </span>
      <span className="grow">
        <span className="ell b5 own-line">{me.name}</span>
        <span className="meta t3 ell own-line">
          {home === undefined
            ? team.name
            : words.money(moneyText(home.balance.availableTicks, 2), moneyText(home.today.spentTicks, 2))}
        </span>
      </span>
      <Icon name="settings" />
      <span className="sr-only">{words.toConsole}</span>
    </Link>
  );
}
