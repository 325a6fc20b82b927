import type { ReactNode } from 'react';
import type { ModelLimits } from '../../../src/http/api/wire/home.ts';
import type { HomeWords } from './words.en.ts';

/** What is left of every limit now, a line for each model. */
export function LimitsLeft(props: {
  readonly models: readonly ModelLimits[];
  readonly words: HomeWords;
}): ReactNode {
  const { models, words } = props;
  if (models.length === 0) return null;
  return (
    <section className="sec">
      <div className="sec-h">
        <h2>{words.limits}</h2>
      </div>
      <div className="limits-left">
        {models.map(({ model, contextTokens, limits }) => (
          <div key={model}>
            <div className="row between">
              <h3>{model}</h3>
              <span className="meta t3 num">{words.context(contextTokens.toLocaleString('en'))}</span>
            </div>
            <dl className="row g4">
              {limits.map(({ limit, most, left }) => (
                <div className="grow limit-left" key={limit}>
                  <dt className="meta t3">{words.limit[limit]}</dt>
                  <dd className="num">
                    <b className="b5">{left.toLocaleString('en')}</b>
                    <span className="t3"> / {most.toLocaleString('en')}</span>
                    <span className="meter">
                      <i style={{ width: `${most === 0 ? 0 : (100 * left) / most}%` }} />
                    </span>
                  </dd>
                </div>
              ))}
            </dl>
          </div>
        ))}
      </div>
      <p className="meta t3">{words.limitNote}</p>
    </section>
  );
}
