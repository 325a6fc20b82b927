import type { ReactNode } from 'react';
import type { CatalogueModel } from '../../../src/http/api/wire/operator-catalogue.ts';
import { useLanguage } from '../../shell/language.ts';
import { momentText } from '../../shell/moments.ts';
import { LIMIT_NAMES } from './limit-names.ts';
import type { CatalogueWords } from './words.en.ts';

interface FactsProps {
  readonly words: CatalogueWords;
  readonly model: CatalogueModel;
  readonly onFacts: () => void;
  readonly onLimits: () => void;
}

/** How much of it each team may use, and what it is. */
export function ModelFacts({ words, model, onFacts, onLimits }: FactsProps): ReactNode {
  const { facts } = words;
  const language = useLanguage();
  const tokens = (count: number) => facts.tokens(count.toLocaleString('en'));
  return (
    <>
      <section className="sec">
        <div className="sec-h">
          <h2>{words.limits.title}</h2>
          <div className="push">
            <button type="button" className="btn" onClick={onLimits}>
              {words.limits.change}
            </button>
          </div>
        </div>
        <p className="meta">{words.limits.text}</p>
        <dl className="model-facts">
          {LIMIT_NAMES.map((name) => (
            <Fact
              key={name}
              name={words.limits.names[name]}
              value={model.limits[name]?.toLocaleString('en') ?? words.limits.none}
            />
          ))}
        </dl>
      </section>
      <section className="sec">
        <div className="sec-h">
          <h2>{facts.title}</h2>
          <div className="push">
            <button type="button" className="btn" onClick={onFacts}>
              {facts.change}
            </button>
          </div>
        </div>
        <dl className="model-facts">
          <Fact name={facts.context} value={tokens(model.contextTokens)} />
          <Fact name={facts.longest} value={tokens(model.maximumOutputTokens)} />
          <Fact
            name={facts.takes}
            value={model.inputModalities.map((modality) => words.modalities[modality]).join(', ')}
          />
          <Fact
            name={facts.gives}
            value={model.outputModalities.map((modality) => words.modalities[modality]).join(', ')}
          />
          <Fact
            name={facts.aliases}
            value={model.aliases.length === 0 ? words.none : model.aliases.join(', ')}
          />
          <Fact name={facts.ownedBy} value={model.ownedBy} />
          <Fact
            name={facts.since}
            value={model.createdAtMs === 0 ? words.none : momentText(model.createdAtMs, language)}
          />
        </dl>
      </section>
    </>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }): ReactNode {
  return (
    <div>
      <dt className="meta">{name}</dt>
      <dd className="b5">{value}</dd>
    </div>
  );
}
