import type { ReactNode } from 'react';
import type { Trouble } from '../../api/use-sending.ts';
import { FormField } from '../../design/form-field.tsx';
import { ticksPerToken } from '../../set-up/price-text.ts';
import { isAsText, PRICE_MEMBERS, type PriceMember, type TypedPrices } from './typed-prices.ts';
import type { CatalogueWords } from './words.en.ts';

interface FieldsProps {
  readonly words: CatalogueWords;
  readonly typed: TypedPrices;
  readonly onTyped: (typed: TypedPrices) => void;
  readonly trouble: Trouble | undefined;
  /** Which of the prices are asked for. */
  readonly members: readonly PriceMember[];
}

/** Dollars a million tokens, each with what that is in ticks a token, which is what is charged. */
export function PriceFields({ words, typed, onTyped, trouble, members }: FieldsProps): ReactNode {
  return (
    <div className="price-fields">
      {PRICE_MEMBERS.filter((member) => members.includes(member)).map((member) => (
        <FormField
          key={member}
          name={member}
          label={words.prices[member]}
          hint={hintOf(words, member, typed[member])}
          trouble={trouble}
        >
          {(control) => (
            <input
              {...control}
              className="input"
              inputMode="decimal"
              autoComplete="off"
              value={typed[member]}
              onChange={(event) => onTyped({ ...typed, [member]: event.target.value })}
            />
          )}
        </FormField>
      ))}
    </div>
  );
}

function hintOf(words: CatalogueWords, member: PriceMember, text: string): string {
  const ticks = ticksPerToken(text);
  if (ticks !== undefined) return words.ticksAToken(BigInt(ticks).toLocaleString('en'));
  return text.trim() === '' && isAsText(member) ? words.asText : words.perMillionHint;
}
