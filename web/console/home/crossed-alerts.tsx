import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Home } from '../../../src/http/api/wire/home.ts';
import { Icon } from '../../design/icons.tsx';
import { moneyText } from '../../design/money.tsx';
import { dollarsOfTicks } from '../../design/typed-amount.ts';
import type { HomeWords } from './words.en.ts';

/** The lines that the team has drawn and that are crossed now. */
export function CrossedAlerts(props: {
  readonly alerts: Home['alerts'];
  readonly words: HomeWords;
}): ReactNode {
  const { alerts, words } = props;
  return alerts.map(({ id, kind, thresholdTicks, nowTicks }) => (
    <div className="banner warn crossed" role="status" key={id}>
      <Icon name="warn" />
      <span className="grow">
        {words.crossed[kind](`$${dollarsOfTicks(thresholdTicks)}`, moneyText(nowTicks))}
      </span>
      <Link href="/console/limits">{words.alerts}</Link>
    </div>
  ));
}
