import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { RequestRow } from '../../../src/http/api/wire/requests.ts';
import { Empty } from '../../design/section-state.tsx';
import { RequestTable } from '../requests/request-table.tsx';
import type { HomeWords } from './words.en.ts';

interface LatestRequestsProps {
  readonly rows: readonly RequestRow[];
  readonly words: HomeWords;
}

/** The last requests of the team, the youngest first. */
export function LatestRequests({ rows, words }: LatestRequestsProps): ReactNode {
  return (
    <section className="sec">
      <div className="sec-h">
        <h2>{words.latest}</h2>
        {rows.length > 0 && (
          <span className="push">
            <Link href="/console/requests" className="link-meta">
              {words.allRequests}
            </Link>
          </span>
        )}
      </div>
      {rows.length === 0 ? (
        <Empty title={words.empty.title} text={words.empty.text} />
      ) : (
        <RequestTable words={words.requestTable} rows={rows} />
      )}
    </section>
  );
}
