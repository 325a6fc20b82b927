import type { ReactNode } from 'react';
import type { Model } from '../../../src/http/api/wire/models.ts';
import { duration } from '../../design/figures.ts';
import { LimitMeters } from './limit-meters.tsx';
import { ModelPrices } from './model-prices.tsx';
import type { ModelsWords } from './words.en.ts';

interface SectionProps {
  readonly words: ModelsWords;
  readonly model: Model;
}

/** One model: what it takes, who answers it, what it costs, how fast it is and what is left of its limits. */
export function ModelSection({ words, model }: SectionProps): ReactNode {
  return (
    <section className="model">
      <div className="row wrap">
        <h2 className="mono">{model.id}</h2>
        {model.inputModalities.map((modality) => (
          <span className="badge" key={modality}>
            {words.modalities[modality]}
          </span>
        ))}
        <AnsweredBy words={words} answeredBy={model.answeredBy} />
      </div>
      {model.aliases.length > 0 && (
        <p className="meta">
          {words.aliases} <span className="mono">{model.aliases.join(', ')}</span>
        </p>
      )}
      <dl className="facts">
        <Fact name={words.context} value={words.tokens(model.contextTokens.toLocaleString('en'))} />
        <Fact
          name={words.maximumOutput}
          value={words.tokens(model.maximumOutputTokens.toLocaleString('en'))}
        />
        <Latency words={words} latency={model.latency} />
      </dl>
      <ModelPrices words={words} model={model} />
      <LimitMeters words={words} limits={model.limits} />
    </section>
  );
}

function AnsweredBy(props: {
  readonly words: ModelsWords;
  readonly answeredBy: Model['answeredBy'];
}): ReactNode {
  const { words, answeredBy } = props;
  const { name, simulated } = answeredBy;
  return (
    <span className="st meta push">
      <i className={name === null ? 'dot bad' : simulated ? 'dot off' : 'dot'} />
      {simulated ? words.simulated : name === null ? words.noAnswer : words.answeredBy(name)}
    </span>
  );
}

function Latency(props: { readonly words: ModelsWords; readonly latency: Model['latency'] }): ReactNode {
  const { words, latency } = props;
  const { firstTokenP50Ms: half, firstTokenP95Ms: most } = latency;
  const value = half === null ? words.notSeen : duration(half);
  return (
    <Fact
      name={words.firstToken}
      value={value}
      {...(most !== null && { note: words.p95(duration(most), latency.requests) })}
    />
  );
}

function Fact(props: { readonly name: string; readonly value: string; readonly note?: string }): ReactNode {
  return (
    <div>
      <dt className="meta">{props.name}</dt>
      <dd className="num b5">{props.value}</dd>
      {props.note !== undefined && <dd className="meta t3">{props.note}</dd>}
    </div>
  );
}
