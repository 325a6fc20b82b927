import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { InvitationToMe, OwnTeam } from '../../src/http/api/wire/me.ts';
import { ask } from '../api/ask.ts';
import { useSending } from '../api/use-sending.ts';
import { FormTrouble } from '../design/form-field.tsx';
import { usePerson } from './person.tsx';
import type { ShellWords } from './words.en.ts';

interface BannersProps {
  readonly words: Pick<ShellWords, 'invitation'>;
  readonly invitations: readonly InvitationToMe[];
}

/** Who asks the person into a team. It stays until it is answered, because nothing happens without an answer. */
export function InvitationBanners({ words: { invitation: say }, invitations }: BannersProps): ReactNode {
  const { chooseTeam } = usePerson();
  const queries = useQueryClient();
  const { isBusy, trouble, send } = useSending(say.didNotWork);
  const [said, setSaid] = useState('');
  const answer = (method: 'POST' | 'DELETE', { id, team }: InvitationToMe) =>
    send(async () => {
      const joined = await ask<OwnTeam>(method, `/me/invitations/${encodeURIComponent(id)}`);
      // The frame must know a team before it can show it.
      await queries.invalidateQueries({ queryKey: ['/me'] });
      if (method === 'POST') chooseTeam(joined.id);
      setSaid(method === 'POST' ? say.joined(team) : say.declined(team));
    });
  return (
    <section
      className="stack notices"
      aria-label={say.label}
      hidden={invitations.length === 0 && said === ''}
    >
      {invitations.map((invitation) => (
        <div className="banner info asks" key={invitation.id}>
          <span className="grow">
            {say.text(invitation.invitedBy, invitation.team, say.roles[invitation.role])}{' '}
            <span className="t2">{say.meaning}</span>
          </span>
          <span className="row">
            <button
              type="button"
              className="btn sm"
              disabled={isBusy}
              onClick={() => void answer('DELETE', invitation)}
            >
              {say.decline}
            </button>
            <button
              type="button"
              className="btn sm pri"
              disabled={isBusy}
              onClick={() => void answer('POST', invitation)}
            >
              {say.accept}
            </button>
          </span>
        </div>
      ))}
      <div className={said === '' ? '' : 'banner good'} role="status">
        {said}
      </div>
      <FormTrouble trouble={trouble} />
    </section>
  );
}
