import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import type { Code } from '../../../src/http/api/wire/operator-codes.ts';
import { usePages } from '../../api/use-pages.ts';
import { Icon } from '../../design/icons.tsx';
import { Empty, Failed, Skeleton } from '../../design/section-state.tsx';
import { CodeTable } from './code-table.tsx';
import { CodeUses } from './code-uses.tsx';
import './codes.css';
import { EndCode } from './end-code.tsx';
import { MadeCodes, type NewCode } from './made-codes.tsx';
import { MakeCodes } from './make-codes.tsx';
import type { CodesWords } from './words.en.ts';

const PATH = '/operator/codes';

type Task =
  | { readonly kind: 'make' }
  | { readonly kind: 'made'; readonly codes: readonly NewCode[] }
  | { readonly kind: 'end' | 'uses'; readonly code: Code };

/** `/console/codes`: codes that give credit, how often each was used, and new ones. */
export function CodesPage({ words }: { readonly words: CodesWords }): ReactNode {
  const codes = usePages<Code>(PATH);
  const [task, setTask] = useState<Task | undefined>();
  const queries = useQueryClient();
  const rows = codes.data?.pages.flatMap((page) => page.rows);
  const reload = () => void queries.invalidateQueries({ queryKey: [PATH] });
  const close = () => setTask(undefined);
  const make = (
    <button type="button" className="btn pri" onClick={() => setTask({ kind: 'make' })}>
      <Icon name="plus" />
      {words.make.action}
    </button>
  );
  return (
    <div className="page">
      <div className="head">
        <div>
          <h1>{words.title}</h1>
          <p className="sub">{words.lead}</p>
        </div>
        {rows?.length !== 0 && <div className="acts">{make}</div>}
      </div>
      <p className="meta codes-grant">
        {words.grant} <Link href="/console/people">{words.grantPlace}</Link>
      </p>
      {codes.isError && (
        <Failed text={words.failed} again={words.again} onAgain={() => void codes.refetch()} />
      )}
      {codes.isPending && <Skeleton label={words.loading} />}
      {rows?.length === 0 && (
        <Empty title={words.empty.title} text={words.empty.text}>
          {make}
        </Empty>
      )}
      {rows !== undefined && rows.length > 0 && (
        <CodeTable
          words={words}
          rows={rows}
          onUses={(code) => setTask({ kind: 'uses', code })}
          onEnd={(code) => setTask({ kind: 'end', code })}
        />
      )}
      {codes.hasNextPage && (
        <button
          type="button"
          className="btn codes-more"
          disabled={codes.isFetchingNextPage}
          onClick={() => void codes.fetchNextPage()}
        >
          {codes.isFetchingNextPage ? words.loadingMore : words.more}
        </button>
      )}
      {task?.kind === 'make' && (
        <MakeCodes
          words={words}
          onClose={close}
          onDone={(made) => {
            setTask({ kind: 'made', codes: made });
            reload();
          }}
        />
      )}
      {task?.kind === 'made' && <MadeCodes words={words} codes={task.codes} onClose={close} />}
      {task?.kind === 'uses' && <CodeUses words={words} code={task.code} onClose={close} />}
      {task?.kind === 'end' && (
        <EndCode
          words={words}
          code={task.code}
          onKeep={close}
          onDone={() => {
            close();
            reload();
          }}
        />
      )}
    </div>
  );
}
