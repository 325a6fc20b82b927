import { type ReactNode, useState } from 'react';
import type { Registration } from '../../../src/http/api/wire/operator-registration.ts';
import { Money, moneyText } from '../../design/money.tsx';
import { EditBounds } from './edit-bounds.tsx';
import type { InvitesWords } from './words.en.ts';

/** The most that a day of sign-ups can cost, how that comes, and what today has cost. */
export function RegistrationCost(props: {
  readonly words: InvitesWords;
  readonly registration: Registration;
}): ReactNode {
  const { words, registration } = props;
  const { cost } = words;
  const [isEditing, setEditing] = useState(false);
  const { mostPerDayTicks, signUpCreditTicks, givenTodayTicks, domains } = registration;
  const people = signUpCreditTicks === '0' ? 0 : Number(BigInt(mostPerDayTicks) / BigInt(signUpCreditTicks));
  return (
    <section className="sec">
      <div className="band b3 costs">
        <div>
          <div className="k">{cost.most}</div>
          <div className="figure">
            <Money ticks={mostPerDayTicks} digits="balance" />
          </div>
          <div className="meta">
            {people === 0 ? cost.nothing : cost.of(cost.people(people), moneyText(signUpCreditTicks, 2))}
          </div>
        </div>
        <div>
          <div className="k">{cost.today}</div>
          <div className="figure">
            <Money ticks={givenTodayTicks} digits="balance" />
          </div>
        </div>
        <div>
          <div className="k">{words.domains}</div>
          <div className="domains">{domains.length === 0 ? words.allDomains : domains.join(', ')}</div>
          <button type="button" className="btn sm" onClick={() => setEditing(true)}>
            {cost.change}
          </button>
        </div>
      </div>
      {isEditing && (
        <EditBounds words={words} registration={registration} onClose={() => setEditing(false)} />
      )}
    </section>
  );
}
