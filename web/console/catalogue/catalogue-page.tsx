import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useLocation } from 'wouter';
import type { CatalogueModel } from '../../../src/http/api/wire/operator-catalogue.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Icon } from '../../design/icons.tsx';
import { Empty, Failed, Skeleton } from '../../design/section-state.tsx';
import { AddModel } from './add-model.tsx';
import './catalogue.css';
import { CATALOGUE_PATH, modelPage } from './catalogue-path.ts';
import { CatalogueTable } from './catalogue-table.tsx';
import type { CatalogueWords } from './words.en.ts';

/** `/console/catalogue`: the models that are offered, and what each costs. */
export function CataloguePage({ words }: { readonly words: CatalogueWords }): ReactNode {
  const catalogue = useAnswer<{ rows: CatalogueModel[] }>(CATALOGUE_PATH);
  const [isAdding, setIsAdding] = useState(false);
  const [, go] = useLocation();
  const queries = useQueryClient();
  const rows = catalogue.data?.rows;
  return (
    <div className="page">
      <div className="head">
        <div>
          <h1>{words.title}</h1>
          <p className="sub">{words.lead}</p>
        </div>
        <div className="acts">
          <button type="button" className="btn pri" onClick={() => setIsAdding(true)}>
            <Icon name="plus" />
            {words.add.action}
          </button>
        </div>
      </div>
      {catalogue.isError && (
        <Failed text={words.failed} again={words.again} onAgain={() => void catalogue.refetch()} />
      )}
      {catalogue.isPending && <Skeleton label={words.loading} />}
      {rows?.length === 0 && <Empty {...words.empty} />}
      {rows !== undefined && rows.length > 0 && <CatalogueTable words={words} rows={rows} />}
      {isAdding && (
        <AddModel
          words={words}
          known={rows ?? []}
          onClose={() => setIsAdding(false)}
          onDone={({ id }) => {
            void queries.invalidateQueries({ queryKey: [CATALOGUE_PATH] });
            go(modelPage(id));
          }}
        />
      )}
    </div>
  );
}
