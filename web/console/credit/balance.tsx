import type { ReactNode } from 'react';
import type { Credit } from '../../../src/http/api/wire/statement.ts';
import { Money, moneyText } from '../../design/money.tsx';
import type { CreditWords } from './words.en.ts';

const LEDGER_PLACES = 6;

/** What is left, and the sum that says why. */
export function Balance(props: { readonly words: CreditWords; readonly credit: Credit }): ReactNode {
  const { words, credit } = props;
  const figures = [
    [words.available, credit.availableTicks],
    [words.held, credit.heldTicks],
    [words.granted, credit.grantedTicks],
    [words.charged, credit.chargedTicks],
  ] as const;
  const exact = (ticks: string) => moneyText(ticks, LEDGER_PLACES);
  return (
    <>
      <div className="band b4 pair figs">
        {figures.map(([name, ticks]) => (
          <div key={name}>
            <div className="k">{name}</div>
            <div className="figure sm">
              <Money ticks={ticks} digits="balance" />
            </div>
          </div>
        ))}
      </div>
      <p className="meta t3 num sum">
        {words.sum(
          exact(credit.grantedTicks),
          exact(credit.chargedTicks),
          exact(credit.heldTicks),
          exact(credit.availableTicks),
        )}
      </p>
    </>
  );
}
