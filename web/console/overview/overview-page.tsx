import type { ReactNode } from 'react';
import type { CatalogueModel } from '../../../src/http/api/wire/operator-catalogue.ts';
import type { Channel } from '../../../src/http/api/wire/operator-channels.ts';
import type { BackupList, LedgerAudit } from '../../../src/http/api/wire/operator-installation.ts';
import type { Overview } from '../../../src/http/api/wire/operator-overview.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Failed, Skeleton } from '../../design/section-state.tsx';
import { ChannelSummary } from './channel-summary.tsx';
import { ConcernList } from './concern-list.tsx';
import { concernsOf } from './concerns.ts';
import { MachineFacts } from './machine-facts.tsx';
import './overview.css';
import { OverviewFigures } from './overview-figures.tsx';
import { UsageByDay } from './usage-by-day.tsx';
import type { OverviewWords } from './words.en.ts';

/** Figures that people leave open are looked at again as often as this. */
const REFRESH_MS = 15_000;

/** `/console/overview`: what the installation does now and did these two weeks, and what of it needs the operator. */
export function OverviewPage({ words }: { readonly words: OverviewWords }): ReactNode {
  const options = { refreshMs: REFRESH_MS };
  const answer = useAnswer<Overview>('/operator/overview', options);
  const channels = useAnswer<{ rows: Channel[] }>('/operator/channels', options).data?.rows;
  const catalogue = useAnswer<{ rows: CatalogueModel[] }>('/operator/catalogue', options).data?.rows;
  const { data: audit } = useAnswer<LedgerAudit>('/operator/ledger/audit', options);
  const { data: backups } = useAnswer<BackupList>('/operator/backups', options);
  const { data: overview } = answer;
  const isKnown = channels !== undefined && catalogue !== undefined && overview !== undefined;
  return (
    <div className="page">
      <div className="head">
        <div>
          <h1>{words.title}</h1>
          <p className="sub">{words.lead}</p>
        </div>
      </div>
      {answer.isError && (
        <Failed text={words.failed} again={words.again} onAgain={() => void answer.refetch()} />
      )}
      {overview === undefined && !answer.isError && <Skeleton label={words.loading} rows={6} />}
      {isKnown && (
        <ConcernList
          words={words}
          concerns={concernsOf({ overview, channels, catalogue, audit, backups }, Date.now())}
        />
      )}
      {overview !== undefined && (
        <>
          <OverviewFigures words={words} overview={overview} />
          <UsageByDay words={words} overview={overview} />
          {channels !== undefined && <ChannelSummary words={words} channels={channels} />}
          <MachineFacts words={words} overview={overview} audit={audit} backups={backups} />
        </>
      )}
    </div>
  );
}
