import type { ReactNode } from 'react';
import type { OwnTeam } from '../../../src/http/api/wire/me.ts';
import type { Member } from '../../../src/http/api/wire/team.ts';
import { ask } from '../../api/ask.ts';
import { useSending } from '../../api/use-sending.ts';
import { Dialog } from '../../design/dialog.tsx';
import { FormTrouble } from '../../design/form-field.tsx';
import type { TeamWords } from './words.en.ts';

interface RemoveMemberProps {
  readonly words: TeamWords;
  readonly team: OwnTeam;
  readonly member: Member;
  readonly onKeep: () => void;
  readonly onDone: () => void;
}

/** Whoever goes takes running programs with them, so it asks. */
export function RemoveMember({ words, team, member, onKeep, onDone }: RemoveMemberProps): ReactNode {
  const { isBusy, trouble, send } = useSending(words.didNotWork);
  const said = member.isSelf ? words.leaving : words.removing;
  const remove = async () => {
    if (await send(() => ask('DELETE', `/teams/${team.id}/members/${member.userId}`))) onDone();
  };
  return (
    <Dialog
      title={member.isSelf ? words.leaving.title(team.name) : words.removing.title(member.name, team.name)}
      closeLabel={words.close}
      onClose={onKeep}
      footer={
        <>
          <button type="button" className="btn push" onClick={onKeep}>
            {said.keep}
          </button>
          <button type="button" className="btn danger fill" disabled={isBusy} onClick={() => void remove()}>
            {isBusy ? said.going : said.go}
          </button>
        </>
      }
    >
      <p className="t2">{said.text}</p>
      <FormTrouble trouble={trouble} />
    </Dialog>
  );
}
