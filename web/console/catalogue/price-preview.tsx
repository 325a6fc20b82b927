import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { CatalogueModel, PricePreview } from '../../../src/http/api/wire/operator-catalogue.ts';
import { ask } from '../../api/ask.ts';
import { Money } from '../../design/money.tsx';
import { modelPath } from './catalogue-path.ts';
import { changePercent } from './change-percent.ts';
import type { readTypedPrices } from './typed-prices.ts';
import type { CatalogueWords } from './words.en.ts';

interface PreviewProps {
  readonly words: CatalogueWords;
  readonly model: CatalogueModel;
  readonly prices: ReturnType<typeof readTypedPrices>;
}

/** What the last 30 days were charged, and what the same tokens would have cost by these prices. */
export function Preview({ words, model, prices }: PreviewProps): ReactNode {
  const { preview: say } = words;
  const path = `${modelPath(model.id)}/prices/preview`;
  const preview = useQuery({
    queryKey: [path, JSON.stringify(prices)],
    queryFn: ({ signal }) => ask<PricePreview>('POST', path, prices, signal),
    enabled: !('wrong' in prices),
    placeholderData: keepPreviousData,
  });
  return (
    <section className="preview" aria-label={say.title} aria-live="polite">
      <h3>{say.title}</h3>
      {'wrong' in prices ? (
        <p className="meta t3">{say.needsPrices}</p>
      ) : preview.isError ? (
        <p className="meta t3">{say.failed}</p>
      ) : preview.data === undefined ? (
        <p className="meta t3">{say.reckoning}</p>
      ) : preview.data.requests === 0 ? (
        <p className="meta t3">{say.noRequests}</p>
      ) : (
        <Figures words={words} preview={preview.data} />
      )}
    </section>
  );
}

function Figures(props: { readonly words: CatalogueWords; readonly preview: PricePreview }): ReactNode {
  const { requests, nowTicks, thenTicks } = props.preview;
  const { preview: say } = props.words;
  const difference = BigInt(thenTicks) - BigInt(nowTicks);
  return (
    <>
      <dl className="preview-figures">
        <div>
          <dt className="meta">{say.charged}</dt>
          <dd>
            <Money ticks={nowTicks} digits="balance" />
          </dd>
        </div>
        <div>
          <dt className="meta">{say.byThese}</dt>
          <dd>
            <Money ticks={thenTicks} digits="balance" />
          </dd>
        </div>
        <div>
          <dt className="meta">{say.difference}</dt>
          <dd className="b5">
            {difference > 0n && '+'}
            <Money ticks={String(difference)} digits="balance" />{' '}
            <span className="t2">{changePercent(nowTicks, thenTicks)}</span>
          </dd>
        </div>
      </dl>
      <p className="meta t3">{say.note(requests)}</p>
    </>
  );
}
