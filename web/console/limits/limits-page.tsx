import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { KeyList } from '../../../src/http/api/wire/keys.ts';
import type { ModelList } from '../../../src/http/api/wire/models.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Empty, Failed, Skeleton } from '../../design/section-state.tsx';
import { usePerson } from '../../shell/person.tsx';
import { Alerts } from './alerts.tsx';
import './limits.css';
import { LimitsTable } from './limits-table.tsx';
import type { LimitsWords } from './words.en.ts';

/** Windows of a second and a minute are gone soon. */
const REFRESH_MS = 3_000;

/** `/console/limits`: what is left of every limit now, and the lines that the team has drawn. */
export function LimitsPage({ words }: { readonly words: LimitsWords }): ReactNode {
  const { me, team } = usePerson();
  const models = useAnswer<ModelList>(`/teams/${team.id}/models`, { refreshMs: REFRESH_MS });
  return (
    <div className="page">
      <div className="head">
        <div>
          <h1>{words.title}</h1>
          <p className="sub">{words.lead(team.name)}</p>
        </div>
      </div>
      <section>
        <div className="sec-h">
          <h2>{words.now}</h2>
          <span className="meta t3 push">{words.refreshed}</span>
        </div>
        {!me.installation.limitsEnabled && <p className="banner info">{words.off}</p>}
        {models.data === undefined && models.error === null && <Skeleton label={words.loading} />}
        {models.error !== null && (
          <Failed text={words.failed} again={words.again} onAgain={() => void models.refetch()} />
        )}
        {models.data?.rows.length === 0 && <Empty {...words.noModels} />}
        {models.data !== undefined && models.data.rows.length > 0 && (
          <LimitsTable words={words} models={models.data.rows} />
        )}
        <p className="meta t3 limits-note">{words.note}</p>
        <KeyLimits words={words} />
      </section>
      <Alerts key={team.id} words={words} />
    </div>
  );
}

function KeyLimits({ words }: { readonly words: LimitsWords }): ReactNode {
  const { team } = usePerson();
  const keys = useAnswer<KeyList>(`/teams/${team.id}/keys`);
  if (keys.data === undefined) return null;
  const limited = keys.data.rows.filter(
    ({ limits, spendLimits, state }) =>
      state === 'active' &&
      [...Object.values(limits), ...Object.values(spendLimits)].some((most) => most !== null),
  );
  return (
    <p className="meta">
      {words.keysHave(limited.length)} <Link href="/console/keys">{words.keys}</Link>
    </p>
  );
}
