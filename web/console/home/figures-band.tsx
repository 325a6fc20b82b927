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
    <div className="band b3 pair home-figures">
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
        {today.usualByNowTicks !== null && <Pace spent={today.spentTicks} usual={today.usualByNowTicks} />}
        <p className="meta">
          {today.usualByNowTicks === null ? words.noUsual : words.usual(moneyText(today.usualByNowTicks))}
        </p>
      </div>
      <div>
        <div className="k">
          {words.requests}
          <span className="push micro hide-m">{words.hours}</span>
        </div>
        <div className="row g3 requests-today">
          <div className="figure">{today.requests.toLocaleString('en')}</div>
          <Hours byHour={today.requestsByHour} startsAtMs={today.startsAtMs} />
        </div>
        <p className="meta">{words.outcome(answered, today.failedRequests)}</p>
        <p className="micro">{words.utc}</p>
      </div>
    </div>
  );
}

/** Today's spending, with a mark where other days were by now. */
function Pace({ spent, usual }: { readonly spent: string; readonly usual: string }): ReactNode {
  const top = BigInt(spent) > BigInt(usual) ? spent : usual;
  return (
    <div className="pace" aria-hidden="true">
      <div className="meter">
        <i style={{ width: `${shareOf(spent, top)}%` }} />
      </div>
      <i className="mark" style={{ left: `${shareOf(usual, top)}%` }} />
    </div>
  );
}

const HOUR_MS = 3_600_000;

/** A bar an hour; what is to come is a dot. The sum beside it is the figure. */
function Hours(props: { readonly byHour: readonly number[]; readonly startsAtMs: number }): ReactNode {
  const { byHour, startsAtMs } = props;
  const now = Math.floor((Date.now() - startsAtMs) / HOUR_MS);
  const most = Math.max(1, ...byHour);
  return (
    <div className="hours grow hide-m" aria-hidden="true">
      {byHour.map((requests, hour) => (
        <i
          // biome-ignore lint/suspicious/noArrayIndexKey: an hour is its place.
          key={hour}
          className={hour > now ? 'f' : requests === 0 ? 'z' : hour === now ? 'now' : ''}
          {...(requests > 0 && { style: { height: `${(100 * requests) / most}%` } })}
        />
      ))}
    </div>
  );
}

/** In percent, in whole steps: the meter is a drawing, the figure beside it is exact. */
function shareOf(part: string, whole: string): number {
  return BigInt(whole) === 0n ? 0 : Number((BigInt(part) * 100n) / BigInt(whole));
}
