import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { Invitation, MadeInvitation } from '../../../src/http/api/wire/operator-registration.ts';
import { usePages } from '../../api/use-pages.ts';
import { Icon } from '../../design/icons.tsx';
import { Empty, Failed, Skeleton } from '../../design/section-state.tsx';
import { EndInvitation } from './end-invitation.tsx';
import { InvitationTable } from './invitation-table.tsx';
import { INVITATIONS_PATH } from './invites-path.ts';
import { MadeLink } from './made-link.tsx';
import { MakeInvitation } from './make-invitation.tsx';
import type { InvitesWords } from './words.en.ts';

type Task =
  | { readonly kind: 'make' }
  | { readonly kind: 'made'; readonly made: MadeInvitation }
  | { readonly kind: 'end'; readonly invitation: Invitation };

/** The links that are out, and new ones. */
export function InvitationSection(props: {
  readonly words: InvitesWords;
  /** Registration is: nobody comes in by a link. */
  readonly isClosed: boolean;
  /** Letters reach people. */
  readonly hasMail: boolean;
}): ReactNode {
  const { words, isClosed, hasMail } = props;
  const { invitations: say } = words;
  const queries = useQueryClient();
  const invitations = usePages<Invitation>(INVITATIONS_PATH);
  const [task, setTask] = useState<Task | undefined>();
  const rows = invitations.data?.pages.flatMap((page) => page.rows);
  const reload = () => void queries.invalidateQueries({ queryKey: [INVITATIONS_PATH] });
  const close = () => setTask(undefined);
  return (
    <section className="sec">
      <div className="sec-h">
        <h2>{say.title}</h2>
        <div className="push">
          <button
            type="button"
            className="btn pri"
            disabled={isClosed}
            title={isClosed ? say.asleep : undefined}
            onClick={() => setTask({ kind: 'make' })}
          >
            <Icon name="plus" />
            {words.make.action}
          </button>
        </div>
      </div>
      {isClosed && <p className="meta">{say.asleep}</p>}
      {invitations.isError && (
        <Failed text={words.failed} again={words.again} onAgain={() => void invitations.refetch()} />
      )}
      {invitations.isPending && <Skeleton label={words.loading} />}
      {rows?.length === 0 && <Empty title={say.empty.title} text={say.empty.text} />}
      {rows !== undefined && rows.length > 0 && (
        <InvitationTable
          words={words}
          rows={rows}
          onEnd={(invitation) => setTask({ kind: 'end', invitation })}
        />
      )}
      {invitations.hasNextPage && (
        <button
          type="button"
          className="btn"
          disabled={invitations.isFetchingNextPage}
          onClick={() => void invitations.fetchNextPage()}
        >
          {invitations.isFetchingNextPage ? say.loadingMore : say.more}
        </button>
      )}
      {task?.kind === 'make' && (
        <MakeInvitation
          words={words}
          onClose={close}
          hasMail={hasMail}
          onMade={(made) => {
            setTask({ kind: 'made', made });
            reload();
          }}
        />
      )}
      {task?.kind === 'made' && <MadeLink words={words} made={task.made} onClose={close} />}
      {task?.kind === 'end' && (
        <EndInvitation
          words={words}
          invitation={task.invitation}
          onKeep={close}
          onDone={() => {
            close();
            reload();
          }}
        />
      )}
    </section>
  );
}
