import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { CatalogueModel } from '../../../src/http/api/wire/operator-catalogue.ts';
import { modelPage } from './catalogue-path.ts';
import { PerMillion } from './per-million.tsx';
import { currentPrices } from './price-versions.ts';
import type { CatalogueWords } from './words.en.ts';

interface TableProps {
  readonly words: CatalogueWords;
  readonly rows: readonly CatalogueModel[];
}

/** A row a model; the name leads to it. */
export function CatalogueTable({ words, rows }: TableProps): ReactNode {
  const { heads } = words;
  return (
    <table className="tbl flush catalogue">
      <thead>
        <tr>
          <th>{heads.model}</th>
          <th className="hide-m">{heads.state}</th>
          <th className="r hide-m">{heads.context}</th>
          <th className="r">
            {heads.input}
            <span>{heads.perMillion}</span>
          </th>
          <th className="r">
            {heads.output}
            <span>{heads.perMillion}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((model) => (
          <ModelRow key={model.id} words={words} model={model} />
        ))}
      </tbody>
    </table>
  );
}

function ModelRow(props: { readonly words: CatalogueWords; readonly model: CatalogueModel }): ReactNode {
  const { words, model } = props;
  const prices = currentPrices(model.prices, Date.now());
  const isNextKnown = model.prices.some(({ validFromMs }) => validFromMs > Date.now());
  return (
    <tr className={model.enabled ? '' : 'dim'}>
      <td className="name">
        <div className="row">
          <Link href={modelPage(model.id)} className="b5 ell">
            {model.id}
          </Link>
          {model.inputModalities.includes('image') && <span className="badge">{words.images}</span>}
          {isNextKnown && <span className="badge info">{words.changeKnown}</span>}
        </div>
        {model.aliases.length > 0 && (
          <div className="sub ell hide-m">{words.alsoCalled(model.aliases.join(', '))}</div>
        )}
        <div className="sub only-m">
          <Offered words={words} model={model} />
        </div>
      </td>
      <td className="hide-m t2">
        <Offered words={words} model={model} />
      </td>
      <td className="r hide-m">{model.contextTokens.toLocaleString('en')}</td>
      <td className="r">
        {prices === undefined ? words.none : <PerMillion ticks={prices.inputTicksPerToken} words={words} />}
      </td>
      <td className="r">
        {prices === undefined ? words.none : <PerMillion ticks={prices.outputTicksPerToken} words={words} />}
      </td>
    </tr>
  );
}

/** Whether callers may name it, and what answers them then. */
export function Offered(props: {
  readonly words: CatalogueWords;
  readonly model: CatalogueModel;
}): ReactNode {
  const { words, model } = props;
  const { enabled, answeredBy } = model;
  const dot = !enabled ? 'dot off' : answeredBy === null ? 'dot bad' : 'dot';
  return (
    <span className="st offered">
      <i className={dot} />
      <span className="ell">
        {!enabled ? words.hidden : answeredBy === null ? words.unanswered : words.answeredBy(answeredBy)}
      </span>
    </span>
  );
}
