import type { ReactNode } from 'react';
import { Link, useParams } from 'wouter';
import type { RequestDetail } from '../../../src/http/api/wire/requests.ts';
import { Refused } from '../../api/ask.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { CopyButton } from '../../design/copy-button.tsx';
import { Icon } from '../../design/icons.tsx';
import { Empty, Failed, Skeleton } from '../../design/section-state.tsx';
import { useLanguage } from '../../shell/language.ts';
import { fullMomentText } from '../../shell/moments.ts';
import { usePerson } from '../../shell/person.tsx';
import { Receipt } from './receipt.tsx';
import { RequestFigures } from './request-figures.tsx';
import { ALL_REQUESTS, writeFilter } from './request-filter.ts';
import { RequestTimes } from './request-times.tsx';
import { RequestWay } from './request-way.tsx';
import './one-request.css';
import type { RequestsWords } from './words.en.ts';

/** `/console/requests/:requestId`: when, what answered, what it cost and why, and what it moved in the ledger. */
export function RequestPage({ words }: { readonly words: RequestsWords }): ReactNode {
  const { requestId = '' } = useParams();
  const { team } = usePerson();
  const { one } = words;
  const request = useAnswer<RequestDetail>(`/teams/${team.id}/requests/${encodeURIComponent(requestId)}`);
  const isGone = request.error instanceof Refused && request.error.status === 404;
  return (
    <div className="page">
      <Link href="/console/requests" className="btn ghost sm back">
        <Icon name="back" />
        {one.back}
      </Link>
      {request.data === undefined && request.error === null && <Skeleton label={one.loading} rows={8} />}
      {isGone && (
        <Empty title={one.gone.title} text={one.gone.text}>
          <Link href="/console/requests" className="btn">
            {one.gone.all}
          </Link>
        </Empty>
      )}
      {request.error !== null && !isGone && (
        <Failed text={one.failed} again={words.again} onAgain={() => void request.refetch()} />
      )}
      {request.data !== undefined && !isGone && <OneRequest words={words} request={request.data} />}
    </div>
  );
}

export interface OneRequestProps {
  readonly words: RequestsWords;
  readonly request: RequestDetail;
}

const BADGES = { answered: 'good', cut: 'warn', 'client-left': '', refused: 'bad', failed: 'bad' } as const;

function OneRequest({ words, request }: OneRequestProps): ReactNode {
  const { one, table } = words;
  const { source, requestedBy } = request;
  const key = source.keyId ?? source.kind;
  return (
    <>
      <div className="head one-head">
        <div className="grow">
          <div className="row wrap">
            <h1>{request.model === '' ? table.noModel : request.model}</h1>
            <span className={`badge ${BADGES[request.result]}`}>
              {request.httpStatus > 0 && `${request.httpStatus} `}
              {table.result[request.result]}
            </span>
            {request.simulated && <span className="badge line">{one.simulated}</span>}
          </div>
          <div className="sub row wrap">
            <span className="num">{fullMomentText(request.atMs, useLanguage())}</span>
            <Link href={`/console/requests?${writeFilter({ ...ALL_REQUESTS, key })}`}>
              {source.kind === 'key' && `${one.key} `}
              {source.name ?? table.source[source.kind]}
            </Link>
            {requestedBy.name !== null && <span>{one.by(requestedBy.name)}</span>}
            <span className="row g1 id">
              <span className="mono ell">{request.id}</span>
              <CopyButton text={request.id} words={one} isSmall />
            </span>
          </div>
        </div>
      </div>
      <RequestFigures words={words} request={request} />
      <RequestTimes words={words} request={request} />
      <div className="one-cols">
        <Receipt words={words} request={request} />
        <RequestWay words={words} request={request} />
      </div>
      <p className="meta t3 kept">{one.kept}</p>
    </>
  );
}
