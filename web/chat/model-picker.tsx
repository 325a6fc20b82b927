import type { ReactNode } from 'react';
import type { Model } from '../../src/http/api/wire/models.ts';
import { duration } from '../design/figures.ts';
import { Icon } from '../design/icons.tsx';
import { moneyText } from '../design/money.tsx';
import { ChatIcon } from './chat-icons.tsx';
import { Popup } from './popup.tsx';
import type { ChatWords } from './words.en.ts';

const MILLION = 1_000_000n;

interface ModelPickerProps {
  readonly models: readonly Model[];
  readonly chosen: string;
  readonly onChoose: (model: string) => void;
  readonly words: ChatWords;
}

/** The model that answers next; opens to all of them with their prices, context and what is left of their limits. */
export function ModelPicker({ models, chosen, onChoose, words }: ModelPickerProps): ReactNode {
  const model = models.find(({ id }) => id === chosen);
  const button = (
    <>
      <span className="sr-only">{words.models.choose}</span>
      <span className="b5 ell">{chosen}</span>
      {model !== undefined && (
        <span className="t3 num hide-m">
          {contextText(model.contextTokens)}
          {model.prices !== null && ` · ${shortPrices(model.prices)}`}
        </span>
      )}
      <ChatIcon name="down" />
    </>
  );
  return (
    <Popup
      label={words.models.label(chosen)}
      button={button}
      isNamed
      className="mdl"
      popupClassName="models-popup"
    >
      {(close) => (
        <>
          {models.map((one) => (
            <button
              type="button"
              key={one.id}
              aria-current={one.id === chosen}
              onClick={() => {
                onChoose(one.id);
                close();
              }}
            >
              <ModelLines model={one} words={words} />
              {one.id === chosen && <Icon name="check" />}
            </button>
          ))}
          <p className="micro">{words.models.perMillion}</p>
        </>
      )}
    </Popup>
  );
}

function ModelLines({ model, words }: { readonly model: Model; readonly words: ChatWords }): ReactNode {
  const { models } = words;
  const { prices, answeredBy, latency } = model;
  const speed = latency.firstTokenP50Ms;
  return (
    <span className="grow">
      <span className="row">
        <span className="b5">{model.id}</span>
        {model.inputModalities.includes('image') && <span className="badge">{models.pictures}</span>}
        {answeredBy.simulated && <span className="badge info">{models.simulated}</span>}
        {answeredBy.name === null && <span className="badge bad">{models.nobody}</span>}
      </span>
      <span className="meta num own-line">
        {prices === null
          ? models.noPrice
          : models.price(perMillion(prices.inputTicksPerToken), perMillion(prices.outputTicksPerToken))}
      </span>
      <span className="meta t3 num own-line">
        {models.context(model.contextTokens.toLocaleString('en'))} ·{' '}
        {models.output(model.maximumOutputTokens.toLocaleString('en'))}
        {speed !== null && ` · ${models.firstToken(duration(speed))}`}
      </span>
      {model.limits.length > 0 && (
        <span className="meta t3 num own-line">
          {model.limits
            .map(({ limit, left, most }) =>
              models.left(left.toLocaleString('en'), most.toLocaleString('en'), models.window[limit]),
            )
            .join(' · ')}
        </span>
      )}
    </span>
  );
}

/** `131k`, the one place where thousands are shortened. */
function contextText(tokens: number): string {
  return tokens < 1_000 ? String(tokens) : `${Math.round(tokens / 1_000)}k`;
}

/** `$5 / $15`: of a million tokens, in and out. */
function shortPrices(prices: NonNullable<Model['prices']>): string {
  const short = (ticks: string) => perMillion(ticks).replace(/\.00$/, '');
  return `${short(prices.inputTicksPerToken)} / ${short(prices.outputTicksPerToken)}`;
}

function perMillion(ticksPerToken: string): string {
  return moneyText(String(BigInt(ticksPerToken) * MILLION), 2);
}
