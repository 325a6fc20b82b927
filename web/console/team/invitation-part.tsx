import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { OwnTeam } from '../../../src/http/api/wire/me.ts';
import type { TeamInvitations } from '../../../src/http/api/wire/team.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Failed } from '../../design/section-state.tsx';
import { InviteMember } from './invite-member.tsx';
import { OpenInvitations } from './open-invitations.tsx';
import type { TeamWords } from './words.en.ts';

interface InvitationPartProps {
  readonly words: TeamWords;
  readonly team: OwnTeam;
  /** The form is open. */
  readonly isInviting: boolean;
  readonly onClose: () => void;
}

/** Those who were asked into the team, and the form that asks another one. */
export function InvitationPart({ words, team, isInviting, onClose }: InvitationPartProps): ReactNode {
  const { invitations: say } = words;
  const path = `/teams/${team.id}/invitations`;
  const { data, isError, refetch } = useAnswer<TeamInvitations>(path);
  const queries = useQueryClient();
  const [said, setSaid] = useState('');
  const changed = (what: string) => {
    setSaid(what);
    void queries.invalidateQueries({ queryKey: [path] });
  };
  return (
    <>
      {isError && <Failed text={say.failed} again={words.again} onAgain={() => void refetch()} />}
      <p className="meta" role="status">
        {said}
      </p>
      {data !== undefined && (
        <OpenInvitations words={words} team={team} invitations={data} onChanged={changed} />
      )}
      {isInviting && (
        <InviteMember
          words={words}
          team={team}
          invitations={data}
          onClose={onClose}
          onDone={({ email }) => {
            changed(say.done.invited(email));
            onClose();
          }}
        />
      )}
    </>
  );
}
