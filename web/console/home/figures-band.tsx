import type { ReactNode } from 'react';
import type { Home } from '../../../src/http/api/wire/home.ts';
import { Money, moneyText } from '../../design/money.tsx';
import type { HomeWords } from './words.en.ts';

/** Balance, today's spending and today's requests, side by side. */
export function Figures({ home, words }: { readonly home: Home; readonly words: HomeWords }): ReactNode {
  const { balance, today } = home;
  const { daysLeft, grantedTicks, availableTicks } = balance;
  const answered = today.requests - today.failedRequests;
  return (
    <div className="band b3 pair">
      <div className="wide">
        <div className="k">{words.balance}</div>
        <div className="figure">
          <Money ticks={availableTicks} digits="balance" />
        </div>
        <div className="meter">
          <i style={{ width: `${shareOf(availableTicks, grantedTicks)}%` }} />
        </div>
        <p className="meta">
          {words.ofCredit(moneyText(grantedTicks, 2))}
          {daysLeft !== null && ` · ${words.pace(Math.round(daysLeft))}`}
        </p>
      </div>
      <div>
        <div className="k">{words.spent}</div>
        <div className="figure">
          <Money ticks={today.spentTicks} digits="balance" />
        </div>
        <p className="meta">
          {today.usualByNowTicks === null ? words.noUsual : words.usual(moneyText(today.usualByNowTicks))}
        </p>
      </div>
      <div>
        <div className="k">{words.requests}</div>
        <div className="figure">{today.requests.toLocaleString('en')}</div>
        <p className="meta">{words.outcome(answered, today.failedRequests)}</p>
        <p className="micro">{words.utc}</p>
      </div>
    </div>
  );
}

/** In percent, in whole steps: the meter is a drawing, the figure beside it is exact. */
function shareOf(part: string, whole: string): number {
  return BigInt(whole) === 0n ? 0 : Number((BigInt(part) * 100n) / BigInt(whole));
}
