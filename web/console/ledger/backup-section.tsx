import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { BackupList } from '../../../src/http/api/wire/operator-installation.ts';
import { ask } from '../../api/ask.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useSending } from '../../api/use-sending.ts';
import { FormTrouble } from '../../design/form-field.tsx';
import { Empty, Failed, Skeleton } from '../../design/section-state.tsx';
import { BackupTable } from './backup-table.tsx';
import type { LedgerWords } from './words.en.ts';

const PATH = '/operator/backups';
const REFRESH_MS = 3_000;

export function BackupSection({ words }: { readonly words: LedgerWords }): ReactNode {
  const { backups: say } = words;
  const { data: list, isError, refetch } = useAnswer<BackupList>(PATH, { refreshMs: REFRESH_MS });
  const { isBusy, trouble, send } = useSending(words.didNotWork);
  const queries = useQueryClient();
  const start = () =>
    void send(async () => queries.setQueryData([PATH], await ask<BackupList>('POST', PATH)));
  const isRunning = list?.state === 'running';
  const canStart = list !== undefined && list.unavailable === null;
  return (
    <section className="sec">
      <div className="sec-h">
        <h2>{say.title}</h2>
        {canStart && (
          <div className="push">
            <button type="button" className="btn" disabled={isBusy || isRunning} onClick={start}>
              {isBusy ? say.starting : say.start}
            </button>
          </div>
        )}
      </div>
      <p className="meta">{say.text}</p>
      <FormTrouble trouble={trouble} />
      {isError && <Failed text={say.failedToLoad} again={words.again} onAgain={() => void refetch()} />}
      {list === undefined && !isError && <Skeleton label={say.loading} />}
      {list !== undefined && list.unavailable !== null && (
        <div className="banner info backup-note">{list.unavailable}</div>
      )}
      {list?.state === 'failed' && (
        <div className="banner bad backup-note" role="alert">
          {list.failure ?? say.failed}
        </div>
      )}
      {isRunning && (
        <div className="backup-note" role="status">
          <p className="t2">{say.running}</p>
          <div className="road move" />
        </div>
      )}
      {list !== undefined && list.rows.length > 0 && <BackupTable words={words} rows={list.rows} />}
      {list?.rows.length === 0 && canStart && !isRunning && (
        <Empty title={say.none.title} text={say.none.text} />
      )}
    </section>
  );
}
