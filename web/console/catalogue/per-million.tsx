import type { ReactNode } from 'react';
import { dollarsAMillion } from '../../set-up/price-text.ts';
import type { CatalogueWords } from './words.en.ts';

/** Dollars for a million tokens, with the ticks of one token on hover. */
export function PerMillion(props: { readonly ticks: string; readonly words: CatalogueWords }): ReactNode {
  const { ticks, words } = props;
  return (
    <span className="num" title={words.ticksAToken(BigInt(ticks).toLocaleString('en'))}>
      ${withCents(dollarsAMillion(ticks))}
    </span>
  );
}

/** At least two digits behind the point, so that prices stand under one another. */
function withCents(dollars: string): string {
  const [whole = '0', fraction = ''] = dollars.split('.');
  return `${BigInt(whole).toLocaleString('en')}.${fraction.padEnd(2, '0')}`;
}
