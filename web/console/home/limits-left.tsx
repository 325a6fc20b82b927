import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { ModelLimits } from '../../../src/http/api/wire/home.ts';
import type { HomeWords } from './words.en.ts';

/** For more models there is a page of its own. */
const SHOWN = 3;

/** What is left of every limit now, a line for each model. */
export function LimitsLeft(props: {
  readonly models: readonly ModelLimits[];
  readonly words: HomeWords;
}): ReactNode {
  const { models, words } = props;
  const shown = models.slice(0, SHOWN);
  return (
    <section>
      <div className="sec-h">
        <h2>{words.limits}</h2>
        <span className="push">
          <Link href="/console/limits" className="link-meta">
            {words.allLimits}
          </Link>
        </span>
      </div>
      <div className="limits-left">
        {shown.map(({ model, contextTokens, limits }) => (
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
