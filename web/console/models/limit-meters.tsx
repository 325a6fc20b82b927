import type { ReactNode } from 'react';
import type { LimitLeft } from '../../../src/http/api/wire/home.ts';
import type { ModelsWords } from './words.en.ts';

/** What is left of each limit now. */
export function LimitMeters(props: {
  readonly words: ModelsWords;
  readonly limits: readonly LimitLeft[];
}): ReactNode {
  const { words, limits } = props;
  if (limits.length === 0) return <p className="meta t3">{words.noLimits}</p>;
  return (
    <dl className="facts">
      {limits.map(({ limit, most, left }) => (
        <div key={limit}>
          <dt className="meta">{words.limits[limit]}</dt>
          <dd className="num">
            <b className="b5">{left.toLocaleString('en')}</b>
            <span className="t3"> / {most.toLocaleString('en')}</span>
          </dd>
          <dd className="meter" aria-hidden="true">
            <i style={{ width: `${most === 0 ? 0 : (100 * left) / most}%` }} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
