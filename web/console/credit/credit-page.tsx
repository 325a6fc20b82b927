import { type ReactNode, useState } from 'react';
import type { Credit } from '../../../src/http/api/wire/statement.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { moneyText } from '../../design/money.tsx';
import { Failed, Skeleton } from '../../design/section-state.tsx';
import { usePerson } from '../../shell/person.tsx';
import { Balance } from './balance.tsx';
import './credit.css';
import { RedeemCode } from './redeem-code.tsx';
import { Statement } from './statement.tsx';
import type { CreditWords } from './words.en.ts';

const REFRESH_MS = 15_000;
/** Who may bring credit to a team. */
const REDEEMERS: readonly string[] = ['owner', 'administrator', 'billing'];

/** `/console/credit`: what is left, what moved it, and a way to add to it. */
export function CreditPage({ words }: { readonly words: CreditWords }): ReactNode {
  const { team } = usePerson();
  const [isRedeeming, setIsRedeeming] = useState(false);
  const credit = useAnswer<Credit>(`/teams/${team.id}/credit`, { refreshMs: REFRESH_MS });
  return (
    <div className="page">
      <div className="head">
        <div>
          <h1>{words.title}</h1>
          <p className="sub">{words.lead(team.name)}</p>
        </div>
        {REDEEMERS.includes(team.role) && (
          <div className="acts">
            <button type="button" className="btn pri" onClick={() => setIsRedeeming(true)}>
              {words.redeem.open}
            </button>
          </div>
        )}
      </div>
      {credit.data === undefined && credit.error === null && <Skeleton label={words.loading} />}
      {credit.error !== null && (
        <Failed text={words.failed} again={words.again} onAgain={() => void credit.refetch()} />
      )}
      {credit.data?.withheld && (
        <div className="banner info withheld" role="status">
          {words.withheld[credit.data.withheld.reason](moneyText(credit.data.withheld.askedTicks, 2))}
        </div>
      )}
      {credit.data !== undefined && <Balance words={words} credit={credit.data} />}
      <Statement key={team.id} words={words} />
      {isRedeeming && <RedeemCode words={words} onClose={() => setIsRedeeming(false)} />}
    </div>
  );
}
