import type { ReactNode } from 'react';
import type { CatalogueModel } from '../../../src/http/api/wire/operator-catalogue.ts';
import { useLanguage } from '../../shell/language.ts';
import { momentText } from '../../shell/moments.ts';
import { PerMillion } from './per-million.tsx';
import { type PriceVersion, priceVersions } from './price-versions.ts';
import { membersOf } from './typed-prices.ts';
import type { CatalogueWords } from './words.en.ts';

interface HistoryProps {
  readonly words: CatalogueWords;
  readonly model: CatalogueModel;
  readonly onChange: () => void;
}

/** Every price sheet with the time in which it holds. A sheet is never edited: a change is another one. */
export function PriceHistory({ words, model, onChange }: HistoryProps): ReactNode {
  const { history } = words;
  const language = useLanguage();
  const members = membersOf(model);
  return (
    <section>
      <div className="sec-h">
        <h2>{history.title}</h2>
        <div className="push">
          <button type="button" className="btn" onClick={onChange}>
            {history.change}
          </button>
        </div>
      </div>
      <p className="meta">{history.text}</p>
      <table className="tbl flush price-history">
        <thead>
          <tr>
            <th>{history.holds}</th>
            {members.map((member) => (
              <th className="r" key={member}>
                {words.prices[member]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {priceVersions(model.prices, Date.now()).map((version) => (
            <tr key={version.prices.validFromMs} className={version.state === 'past' ? 'dim' : ''}>
              <td>
                <span className="row wrap">
                  <span>{spanText(version, words, (atMs) => momentText(atMs, language))}</span>
                  {version.state !== 'past' && (
                    <span className={version.state === 'now' ? 'badge good' : 'badge info'}>
                      {history.states[version.state]}
                    </span>
                  )}
                </span>
              </td>
              {members.map((member) => (
                <td className="r" key={member}>
                  <PerMillion ticks={version.prices[member]} words={words} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** The shipped catalogue's first prices hold since ever, which is moment zero. */
function spanText(
  { prices, untilMs }: PriceVersion,
  { history }: CatalogueWords,
  momentOf: (atMs: number) => string,
): string {
  const from = prices.validFromMs === 0 ? undefined : momentOf(prices.validFromMs);
  return history.span(from, untilMs === undefined ? undefined : momentOf(untilMs));
}
