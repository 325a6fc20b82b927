import type { ReactNode } from 'react';
import type { LedgerAudit } from '../../../src/http/api/wire/operator-installation.ts';
import { Money } from '../../design/money.tsx';
import type { LedgerWords } from './words.en.ts';

interface ReportProps {
  readonly words: LedgerWords;
  readonly report: NonNullable<LedgerAudit['report']>;
}

/** What was found, in sentences, above what was read and the totals. */
export function AuditReport({ words, report }: ReportProps): ReactNode {
  const { audit: say } = words;
  const { findings, totals } = report;
  const figures = [
    { label: say.granted, ticks: totals.grantedTicks },
    { label: say.available, ticks: totals.availableTicks },
    { label: say.held, ticks: totals.heldTicks },
    { label: say.revenue, ticks: totals.revenueTicks },
    { label: say.uncollected, ticks: totals.uncollectedTicks },
  ];
  return (
    <>
      {findings.length > 0 && (
        <ul className="stack audit-findings">
          {findings.map(({ code, sentence }) => (
            <li className="banner bad" key={`${code} ${sentence}`}>
              {sentence}
            </li>
          ))}
        </ul>
      )}
      <dl className="band audit-totals">
        {figures.map(({ label, ticks }) => (
          <div key={label}>
            <dt className="k">{label}</dt>
            <dd className="b5">
              <Money ticks={ticks} digits="balance" />
            </dd>
          </div>
        ))}
      </dl>
      <p className="meta t3 audit-read">
        {say.read(report.transactions, report.entries, report.wallets)}{' '}
        {say.holds(report.liveHolds, report.lostHolds)}
      </p>
    </>
  );
}
