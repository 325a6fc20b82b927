import type { ReactNode } from 'react';
import type { Overview } from '../../../src/http/api/wire/operator-overview.ts';
import { Money, moneyText } from '../../design/money.tsx';
import type { OverviewWords } from './words.en.ts';

interface FiguresProps {
  readonly words: OverviewWords;
  readonly overview: Overview;
}

/** Today, beside what is still owed to the teams. */
export function OverviewFigures({ words, overview }: FiguresProps): ReactNode {
  const { today, days, balances, openRequests } = overview;
  const yesterday = days.at(-2)?.costTicks ?? '0';
  const outstanding = String(BigInt(balances.availableTicks) + BigInt(balances.heldTicks));
  return (
    <div className="band b4 pair overview-figures">
      <div>
        <div className="k">{words.charged}</div>
        <div className="figure sm">
          <Money ticks={today.costTicks} digits="balance" />
        </div>
        <p className="meta">{words.yesterday(moneyText(yesterday))}</p>
      </div>
      <div>
        <div className="k">{words.requests}</div>
        <div className="figure sm">{today.requests.toLocaleString('en')}</div>
        <p className="meta">{words.failedOf(today.failedRequests, openRequests)}</p>
      </div>
      <div>
        <div className="k">{words.tokens}</div>
        <div className="figure sm">{(today.inputTokens + today.outputTokens).toLocaleString('en')}</div>
        <p className="meta">
          {words.inAndOut(today.inputTokens.toLocaleString('en'), today.outputTokens.toLocaleString('en'))}
        </p>
      </div>
      <div>
        <div className="k">{words.credit}</div>
        <div className="figure sm">
          <Money ticks={outstanding} digits="balance" />
        </div>
        <p className="meta">
          {balances.heldTicks === '0' ? words.noneHeld : words.held(moneyText(balances.heldTicks))}
        </p>
      </div>
    </div>
  );
}
