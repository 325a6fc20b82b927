import type { ReactNode } from 'react';
import type { ModelList } from '../../../src/http/api/wire/models.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Empty, Failed, Skeleton } from '../../design/section-state.tsx';
import { usePerson } from '../../shell/person.tsx';
import { ModelSection } from './model-section.tsx';
import './models.css';
import type { ModelsWords } from './words.en.ts';

const REFRESH_MS = 15_000;

/** `/console/models`: what can be called now, at what price, how fast, and how much of it. */
export function ModelsPage({ words }: { readonly words: ModelsWords }): ReactNode {
  const { team } = usePerson();
  const models = useAnswer<ModelList>(`/teams/${team.id}/models`, { refreshMs: REFRESH_MS });
  return (
    <div className="page">
      <div className="head">
        <div>
          <h1>{words.title}</h1>
          <p className="sub">{words.lead}</p>
        </div>
      </div>
      {models.data === undefined && models.error === null && <Skeleton label={words.loading} rows={6} />}
      {models.error !== null && (
        <Failed text={words.failed} again={words.again} onAgain={() => void models.refetch()} />
      )}
      {models.data?.rows.length === 0 && <Empty {...words.empty} />}
      {models.data?.rows.map((model) => (
        <ModelSection key={model.id} words={words} model={model} />
      ))}
      {models.data !== undefined && models.data.rows.length > 0 && (
        <p className="meta t3">{words.limitNote}</p>
      )}
    </div>
  );
}
