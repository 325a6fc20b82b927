import type { ReactNode } from 'react';
import type { Invitation } from '../../../src/http/api/wire/operator-registration.ts';
import { ask } from '../../api/ask.ts';
import { useSending } from '../../api/use-sending.ts';
import { Confirm } from '../../design/confirm.tsx';
import type { InvitesWords } from './words.en.ts';

interface EndProps {
  readonly words: InvitesWords;
  readonly invitation: Invitation;
  readonly onKeep: () => void;
  readonly onDone: () => void;
}

/** A link that was taken back cannot be had again, so it asks. */
export function EndInvitation({ words, invitation, onKeep, onDone }: EndProps): ReactNode {
  const { ending } = words;
  const { isBusy, trouble, send } = useSending(words.didNotWork);
  const end = async () => {
    const path = `/operator/invitations/${encodeURIComponent(invitation.id)}`;
    if (await send(() => ask('DELETE', path))) onDone();
  };
  return (
    <Confirm
      title={ending.title}
      closeLabel={words.close}
      text={ending.text}
      keep={ending.keep}
      go={ending.go}
      going={ending.going}
      isBusy={isBusy}
      trouble={trouble}
      onKeep={onKeep}
      onGo={() => void end()}
    />
  );
}
