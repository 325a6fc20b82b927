import type { ReactNode } from 'react';
import type { LimitLeft } from '../../../src/http/api/wire/home.ts';
import type { Model } from '../../../src/http/api/wire/models.ts';
import type { LimitsWords } from './words.en.ts';

const LIMITS = [
  'requestsPerSecond',
  'requestsPerMinute',
  'requestsPerHour',
  'tokensPerMinute',
  'requestsInFlight',
] as const;

/** Less than this share left is worth a sign. */
const LITTLE = 0.2;

/** A row a model, a column for each kind of limit that any of them has. */
export function LimitsTable(props: {
  readonly words: LimitsWords;
  readonly models: readonly Model[];
}): ReactNode {
  const { words, models } = props;
  const has = (name: LimitLeft['limit']) =>
    models.some(({ limits }) => limits.some(({ limit }) => limit === name));
  const columns = LIMITS.filter(has);
  return (
    <table className="tbl flush limits">
      <thead className="hide-m">
        <tr>
          <th>{words.model}</th>
          {columns.map((name) => (
            <th key={name} className="r">
              {words.limits[name]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {models.map(({ id, limits }) => (
          <tr key={id}>
            <th scope="row" className="b5">
              {id}
            </th>
            {columns.map((name) => (
              <Left
                key={name}
                words={words}
                name={words.limits[name]}
                limit={limits.find(({ limit }) => limit === name)}
              />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Left(props: {
  readonly words: LimitsWords;
  readonly name: string;
  readonly limit: LimitLeft | undefined;
}): ReactNode {
  const { words, name, limit } = props;
  const unit = <span className="only-m blk meta t3">{name}</span>;
  if (limit === undefined)
    return (
      <td className="r t3">
        {words.unlimited}
        {unit}
      </td>
    );
  const { most, left } = limit;
  const share = most === 0 ? 0 : left / most;
  const [leftText, mostText] = [left.toLocaleString('en'), most.toLocaleString('en')];
  return (
    <td className="r" title={words.left(leftText, mostText)}>
      <b className="b5 num">{leftText}</b>
      <span className="t3 num"> / {mostText}</span>
      <div className={share === 0 ? 'meter bad' : share < LITTLE ? 'meter warn' : 'meter'}>
        <i style={{ width: `${100 * share}%` }} />
      </div>
      {unit}
    </td>
  );
}
