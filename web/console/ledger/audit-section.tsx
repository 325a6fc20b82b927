import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { LedgerAudit } from '../../../src/http/api/wire/operator-installation.ts';
import { ask } from '../../api/ask.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useSending } from '../../api/use-sending.ts';
import { FormTrouble } from '../../design/form-field.tsx';
import { Failed, Skeleton } from '../../design/section-state.tsx';
import { useLanguage } from '../../shell/language.ts';
import { momentText } from '../../shell/moments.ts';
import { AuditReport } from './audit-report.tsx';
import type { LedgerWords } from './words.en.ts';

const PATH = '/operator/ledger/audit';
/** Another operator may start one, so it is looked at while nobody here waits for it, too. */
const REFRESH_MS = 3_000;

export function AuditSection({ words }: { readonly words: LedgerWords }): ReactNode {
  const { audit: say } = words;
  const { data: audit, isError, refetch } = useAnswer<LedgerAudit>(PATH, { refreshMs: REFRESH_MS });
  const { isBusy, trouble, send } = useSending(words.didNotWork);
  const queries = useQueryClient();
  const isRunning = audit?.state === 'running';
  const start = () =>
    void send(async () => queries.setQueryData([PATH], await ask<LedgerAudit>('POST', PATH)));
  const idleLabel = isRunning ? say.running : say.start;
  return (
    <section>
      <div className="sec-h">
        <h2>{say.title}</h2>
        <div className="push">
          <button
            type="button"
            className="btn"
            disabled={isBusy || isRunning || audit === undefined}
            onClick={start}
          >
            {isBusy ? say.starting : idleLabel}
          </button>
        </div>
      </div>
      <p className="meta">{say.text}</p>
      <FormTrouble trouble={trouble} />
      {isError && <Failed text={say.failedToLoad} again={words.again} onAgain={() => void refetch()} />}
      {audit === undefined && !isError && <Skeleton label={say.loading} />}
      {audit !== undefined && (
        <>
          <AuditState words={words} audit={audit} />
          {isRunning && <div className="road move" />}
          {audit.report !== null && <AuditReport words={words} report={audit.report} />}
        </>
      )}
    </section>
  );
}

function AuditState(props: { readonly words: LedgerWords; readonly audit: LedgerAudit }): ReactNode {
  const { audit: say } = props.words;
  const { state, report, startedAtMs, endedAtMs } = props.audit;
  const language = useLanguage();
  const hasFindings = state === 'done' && report !== null && !report.isInOrder;
  const isBad = hasFindings || state === 'failed';
  const moments = [
    startedAtMs !== null && say.began(momentText(startedAtMs, language)),
    state !== 'running' && endedAtMs !== null && say.ended(momentText(endedAtMs, language)),
  ].filter((moment) => moment !== false);
  return (
    <p className="row wrap audit-state" role="status">
      <i className={isBad ? 'dot bad' : DOTS[state]} />
      <span className="b5">{hasFindings ? say.found(report.findings.length) : say.states[state]}</span>
      <span className="meta t3">{moments.join(' · ')}</span>
    </p>
  );
}

const DOTS: Readonly<Record<LedgerAudit['state'], string>> = {
  never: 'dot off',
  running: 'dot live',
  done: 'dot',
  failed: 'dot bad',
};
