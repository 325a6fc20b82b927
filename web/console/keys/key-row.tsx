import type { ReactNode } from 'react';
import type { Key } from '../../../src/http/api/wire/keys.ts';
import { Money, moneyText } from '../../design/money.tsx';
import { dollarsOfTicks } from '../../design/typed-amount.ts';
import { useLanguage } from '../../shell/language.ts';
import { dateText, distanceText, fullMomentText, momentText } from '../../shell/moments.ts';
import { LIMITS } from './key-draft.ts';
import { reachOf } from './key-reach.ts';
import type { KeysWords } from './words.en.ts';

const HOUR_MS = 3_600_000;
/** An end that is nearer than this is worth a sign. */
const SOON_MS = 7 * 24 * HOUR_MS;
/** From this share of a limit on, a meter is amber. */
const NEARLY_PERCENT = 80;

interface KeyRowProps {
  readonly words: KeysWords;
  readonly row: Key;
  readonly nowMs: number;
  /** Its menu. */
  readonly children: ReactNode;
}

/** A key: on a phone its name, what it spent and when it was used. */
export function KeyRow({ words, row, nowMs, children }: KeyRowProps): ReactNode {
  const language = useLanguage();
  const used = row.lastUsedAtMs === null ? words.unused : usedText(row.lastUsedAtMs);
  function usedText(atMs: number): string {
    return nowMs - atMs < HOUR_MS ? distanceText(atMs, language, nowMs) : momentText(atMs, language, nowMs);
  }
  const state = stateOf(row, nowMs);
  const exactly = row.lastUsedAtMs === null ? undefined : fullMomentText(row.lastUsedAtMs, language);
  return (
    <tr className={row.state === 'active' ? '' : 'dim'}>
      <td className="who">
        <div className="b5 ell" title={row.name}>
          {row.name}
        </div>
        <div className="sub ell">
          <span className="mono">{row.redacted}</span>
          {!row.isOwn && row.maker.name !== null && ` ${words.madeBy(row.maker.name)}`}
        </div>
        {state !== 'active' && (
          <div className="sub only-m">
            <Status words={words} state={state} />
          </div>
        )}
      </td>
      <td className="hide-m">
        <Status words={words} state={state} />
      </td>
      <Reach words={words} row={row} />
      <td className="hide-m t2">
        <Limits words={words} row={row} />
      </td>
      <td className="r">
        <Spent words={words} row={row} />
        <div className="sub only-m used">{used}</div>
      </td>
      <td className="r t2 hide-m" title={exactly}>
        {used}
      </td>
      <td className="r t2 hide-m">
        <Expires words={words} row={row} nowMs={nowMs} />
      </td>
      <td className="r act">{children}</td>
    </tr>
  );
}

type State = keyof KeysWords['states'];

function stateOf({ state, expiresAtMs }: Key, nowMs: number): State {
  return state === 'active' && expiresAtMs !== null && expiresAtMs - nowMs < SOON_MS ? 'ending' : state;
}

const DOTS: Readonly<Record<State, string>> = {
  active: 'dot',
  ending: 'dot warn',
  disabled: 'dot off',
  expired: 'dot bad',
  revoked: 'dot bad',
};

function Status({ words, state }: { readonly words: KeysWords; readonly state: State }): ReactNode {
  return (
    <span className="st t2">
      <i className={DOTS[state]} />
      {words.states[state]}
    </span>
  );
}

function Reach({ words, row }: { readonly words: KeysWords; readonly row: Key }): ReactNode {
  const { endpoints, models } = reachOf(row.acls);
  const named = endpoints?.map((name) => words.endpoints[name] ?? name);
  const calls = named === undefined ? words.everything : words.listed(named) || words.noEndpoints;
  const uses = models === null ? words.allModels : words.listed(models) || words.noModels;
  return (
    <td className="hide-m reach">
      <div className="ell" title={calls}>
        {calls}
      </div>
      <div className="sub ell" title={uses}>
        {uses}
      </div>
    </td>
  );
}

function Limits({ words, row }: { readonly words: KeysWords; readonly row: Key }): ReactNode {
  const rates = LIMITS.flatMap((limit) => {
    const most = row.limits[limit];
    return most === null ? [] : [words.rates[limit](most.toLocaleString('en'))];
  });
  return (
    <>
      {rates.length === 0 && words.teamLimits}
      {rates.map((rate) => (
        <div className="num" key={rate}>
          {rate}
        </div>
      ))}
      {row.allowedNetworks.length > 0 && (
        <div className="sub num" title={row.allowedNetworks.join('\n')}>
          {words.networks(row.allowedNetworks.length)}
        </div>
      )}
    </>
  );
}

/** The month's spending against its limit; where there is only a limit for a day, today's against that. */
function Spent({ words, row }: { readonly words: KeysWords; readonly row: Key }): ReactNode {
  const { perDayTicks, perMonthTicks } = row.spendLimits;
  const [spent, limit] =
    perMonthTicks === null && perDayTicks !== null
      ? [row.spentTodayTicks, perDayTicks]
      : [row.spentThisMonthTicks, perMonthTicks];
  const isToday = limit !== null && perMonthTicks === null;
  const percent = limit === null ? 0 : Math.min(100, Number((BigInt(spent) * 100n) / BigInt(limit)));
  return (
    <>
      {isToday && <Money ticks={row.spentThisMonthTicks} digits="balance" />}
      <div className={isToday ? 'sub' : ''}>
        {isToday && `${words.today} `}
        <Money ticks={spent} digits="balance" />
        {limit !== null && <span className="t3 num">{words.ofLimit(`$${dollarsOfTicks(limit)}`)}</span>}
      </div>
      {limit !== null && (
        <div className={percent >= NEARLY_PERCENT ? 'meter warn' : 'meter ink'}>
          <i style={{ width: `${percent}%` }} />
        </div>
      )}
      {!isToday && perDayTicks !== null && (
        <div className="sub num">
          {words.today} {moneyText(row.spentTodayTicks)}
          {words.ofLimit(`$${dollarsOfTicks(perDayTicks)}`)}
        </div>
      )}
    </>
  );
}

function Expires(props: { readonly words: KeysWords; readonly row: Key; readonly nowMs: number }): ReactNode {
  const { words, row, nowMs } = props;
  const language = useLanguage();
  const { expiresAtMs, state } = row;
  if (state === 'revoked') return words.nothing;
  if (expiresAtMs === null) return words.never;
  const isNear = expiresAtMs > nowMs && expiresAtMs - nowMs < SOON_MS;
  return (
    <span title={fullMomentText(expiresAtMs, language)}>
      {isNear ? distanceText(expiresAtMs, language, nowMs) : dateText(expiresAtMs, language)}
    </span>
  );
}
