import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Link, useLocation, useParams } from 'wouter';
import type { CatalogueModel } from '../../../src/http/api/wire/operator-catalogue.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Empty, Failed, Skeleton } from '../../design/section-state.tsx';
import './catalogue.css';
import { CATALOGUE_PATH } from './catalogue-path.ts';
import { Offered } from './catalogue-table.tsx';
import { ChangePrice } from './change-price.tsx';
import { EditFacts } from './edit-facts.tsx';
import { EditLimits } from './edit-limits.tsx';
import { ModelFacts } from './model-facts.tsx';
import { OfferModel } from './offer-model.tsx';
import { PriceHistory } from './price-history.tsx';
import type { CatalogueWords } from './words.en.ts';

type Task = 'price' | 'facts' | 'limits';

/** `/console/catalogue/:modelId`: what a model costs and did cost, what it takes, and how much of it each may use. */
export function ModelPage({ words }: { readonly words: CatalogueWords }): ReactNode {
  const { modelId = '' } = useParams<{ modelId: string }>();
  const id = decodeURIComponent(modelId);
  const catalogue = useAnswer<{ rows: CatalogueModel[] }>(CATALOGUE_PATH);
  const model = catalogue.data?.rows.find((row) => row.id === id);
  const [task, setTask] = useState<Task | undefined>();
  const [, go] = useLocation();
  const queries = useQueryClient();
  const close = () => setTask(undefined);
  const finish = () => {
    close();
    void queries.invalidateQueries({ queryKey: [CATALOGUE_PATH] });
  };
  return (
    <div className="page">
      <div className="head">
        <div className="grow">
          <Link href="/console/catalogue" className="meta">
            {words.back}
          </Link>
          <h1 className="ell">{id}</h1>
          {model !== undefined && (
            <p className="sub">
              <Offered words={words} model={model} />
            </p>
          )}
        </div>
        {model !== undefined && (
          <div className="acts">
            <OfferModel
              words={words}
              model={model}
              onChanged={finish}
              onRemoved={() => {
                finish();
                go('/console/catalogue');
              }}
            />
          </div>
        )}
      </div>
      {catalogue.isError && (
        <Failed text={words.failed} again={words.again} onAgain={() => void catalogue.refetch()} />
      )}
      {catalogue.isPending && <Skeleton label={words.loading} />}
      {catalogue.data !== undefined && model === undefined && (
        <Empty title={words.gone.title} text={words.gone.text} />
      )}
      {model !== undefined && (
        <>
          <PriceHistory words={words} model={model} onChange={() => setTask('price')} />
          <ModelFacts
            words={words}
            model={model}
            onFacts={() => setTask('facts')}
            onLimits={() => setTask('limits')}
          />
        </>
      )}
      {model !== undefined && task === 'price' && (
        <ChangePrice words={words} model={model} onClose={close} onDone={finish} />
      )}
      {model !== undefined && task === 'facts' && (
        <EditFacts words={words} model={model} onClose={close} onDone={finish} />
      )}
      {model !== undefined && task === 'limits' && (
        <EditLimits words={words} model={model} onClose={close} onDone={finish} />
      )}
    </div>
  );
}
