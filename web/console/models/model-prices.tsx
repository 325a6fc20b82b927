import type { ReactNode } from 'react';
import type { Model, Prices } from '../../../src/http/api/wire/models.ts';
import { dollarsAMillion } from '../../set-up/price-text.ts';
import { useLanguage } from '../../shell/language.ts';
import { momentText } from '../../shell/moments.ts';
import type { ModelsWords } from './words.en.ts';

const KINDS = [
  ['input', 'inputTicksPerToken'],
  ['cachedInput', 'cachedInputTicksPerToken'],
  ['imageInput', 'imageInputTicksPerToken'],
  ['output', 'outputTicksPerToken'],
] as const;

interface PricesProps {
  readonly words: ModelsWords;
  readonly model: Model;
}

/** Prices of a million tokens now, and those of a change that is already known below them. */
export function ModelPrices({ words, model }: PricesProps): ReactNode {
  const language = useLanguage();
  const { prices, nextPrices } = model;
  if (prices === null) return <p className="meta warn">{words.noPrice}</p>;
  const kinds = KINDS.filter(([kind]) => kind !== 'imageInput' || model.inputModalities.includes('image'));
  return (
    <table className="tbl flush tight prices">
      <thead>
        <tr>
          <th>{words.pricesHead}</th>
          {kinds.map(([kind]) => (
            <th className="r" key={kind}>
              {words.prices[kind]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        <PriceRow name={words.now} prices={prices} kinds={kinds} />
        {nextPrices !== null && (
          <PriceRow
            name={words.from(momentText(nextPrices.validFromMs, language))}
            prices={nextPrices}
            kinds={kinds}
          />
        )}
      </tbody>
    </table>
  );
}

function PriceRow(props: {
  readonly name: string;
  readonly prices: Prices;
  readonly kinds: readonly (typeof KINDS)[number][];
}): ReactNode {
  return (
    <tr>
      <th scope="row">{props.name}</th>
      {props.kinds.map(([kind, member]) => (
        <td className="r" key={kind}>
          ${dollarsAMillion(props.prices[member])}
        </td>
      ))}
    </tr>
  );
}
