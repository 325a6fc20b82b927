import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { BackupList, LedgerAudit } from '../../../src/http/api/wire/operator-installation.ts';
import type { Overview } from '../../../src/http/api/wire/operator-overview.ts';
import { useLanguage } from '../../shell/language.ts';
import { momentText } from '../../shell/moments.ts';
import { fileSize } from '../ledger/file-size.ts';
import type { OverviewWords } from './words.en.ts';

interface FactsProps {
  readonly words: OverviewWords;
  readonly overview: Overview;
  readonly audit: LedgerAudit | undefined;
  readonly backups: BackupList | undefined;
}

const MINUTE_MS = 60_000;

/** Who is here, what runs, since when and on what, and when it was last checked and copied. */
export function MachineFacts({ words, overview, audit, backups }: FactsProps): ReactNode {
  const { machine: say } = words;
  const { people, teams, version, startedAtMs, database, disk } = overview;
  const language = useLanguage();
  const minutes = Math.max(0, Math.floor((Date.now() - startedAtMs) / MINUTE_MS));
  const youngest = backups?.rows[0];
  return (
    <section className="sec">
      <div className="sec-h">
        <h2>{say.title}</h2>
      </div>
      <dl className="machine">
        <Fact name={say.people} value={<Link href="/console/people">{people.toLocaleString('en')}</Link>} />
        <Fact name={say.teams} value={teams.toLocaleString('en')} />
        <Fact name={say.version} value={version} />
        <Fact
          name={say.uptime}
          value={say.lasted(Math.floor(minutes / 1_440), Math.floor(minutes / 60) % 24, minutes % 60)}
          note={say.since(momentText(startedAtMs, language))}
        />
        <Fact
          name={say.database}
          value={say.engines[database.engine] ?? database.engine}
          note={database.sizeBytes === null ? say.elsewhere : fileSize(database.sizeBytes)}
        />
        {disk !== null && (
          <Fact
            name={say.disk}
            value={say.free(fileSize(disk.freeBytes))}
            note={say.of(fileSize(disk.sizeBytes))}
          />
        )}
        {audit !== undefined && (
          <Fact
            name={say.audit}
            value={<Link href="/console/ledger">{auditText(words, audit)}</Link>}
            note={audit.endedAtMs === null ? undefined : momentText(audit.endedAtMs, language)}
          />
        )}
        {backups !== undefined && backups.unavailable === null && (
          <Fact
            name={say.backup}
            value={
              <Link href="/console/ledger">
                {youngest === undefined ? say.backupNone : momentText(youngest.madeAtMs, language)}
              </Link>
            }
            note={youngest === undefined ? undefined : fileSize(youngest.sizeBytes)}
          />
        )}
      </dl>
    </section>
  );
}

function auditText({ machine: say }: OverviewWords, { state, report }: LedgerAudit): string {
  if (state === 'never') return say.auditNever;
  if (state === 'running') return say.auditRunning;
  if (state === 'failed' || report === null) return say.auditFailed;
  return report.isInOrder ? say.auditGood : say.auditBad(report.findings.length);
}

function Fact(props: {
  readonly name: string;
  readonly value: ReactNode;
  readonly note?: string | undefined;
}): ReactNode {
  return (
    <div>
      <dt className="meta">{props.name}</dt>
      <dd className="num b5">{props.value}</dd>
      {props.note !== undefined && <dd className="meta t3">{props.note}</dd>}
    </div>
  );
}
