import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { Member, Team } from '../../../src/http/api/wire/team.ts';
import { ask } from '../../api/ask.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useSending } from '../../api/use-sending.ts';
import { FormTrouble } from '../../design/form-field.tsx';
import { Icon } from '../../design/icons.tsx';
import { Failed, Skeleton } from '../../design/section-state.tsx';
import { usePerson } from '../../shell/person.tsx';
import { InvitationPart } from './invitation-part.tsx';
import { MemberTable } from './member-table.tsx';
import { NameTeam } from './name-team.tsx';
import { RemoveMember } from './remove-member.tsx';
import './team.css';
import type { TeamWords } from './words.en.ts';

type Form = 'invite' | 'rename' | 'make';
type Task = { readonly kind: Form } | { readonly kind: 'remove'; readonly member: Member };

const ROLES = ['owner', 'administrator', 'member', 'billing'] as const;

/** `/console/team`: who shares the credit, and what each of them may do. */
export function TeamPage({ words }: { readonly words: TeamWords }): ReactNode {
  const { team: own, chooseTeam } = usePerson();
  const path = `/teams/${own.id}`;
  const team = useAnswer<Team>(path);
  const queries = useQueryClient();
  const [task, setTask] = useState<Task | undefined>();
  const turning = useSending(words.didNotWork);
  const manages = own.role === 'owner' || own.role === 'administrator';
  const show = (shown: Team) => {
    queries.setQueryData([path], shown);
    // Names of teams and one's own role are known by the frame as well.
    void queries.invalidateQueries({ queryKey: ['/me'] });
    setTask(undefined);
  };
  /** The frame must know a team before it can show it. */
  const goTo = async (teamId: string) => {
    await queries.invalidateQueries({ queryKey: ['/me'] });
    chooseTeam(teamId);
    setTask(undefined);
  };
  const give = (member: Member, role: Member['role']) =>
    turning.send(async () => show(await ask<Team>('PATCH', `${path}/members/${member.userId}`, { role })));
  const close = () => setTask(undefined);
  const { data } = team;
  return (
    <div className="page">
      <TeamHead
        words={words}
        team={data}
        isPersonal={own.personal}
        manages={manages}
        onTask={(kind) => setTask({ kind })}
      />
      <FormTrouble trouble={turning.trouble} />
      {data === undefined && team.error === null && <Skeleton label={words.loading} />}
      {team.error !== null && (
        <Failed text={words.failed} again={words.again} onAgain={() => void team.refetch()} />
      )}
      {data !== undefined && (
        <MemberTable
          words={words}
          team={data}
          role={own.role}
          isBusy={turning.isBusy}
          onRole={(member, role) => void give(member, role)}
          onRemove={(member) => setTask({ kind: 'remove', member })}
        />
      )}
      {manages && !own.personal && (
        <InvitationPart
          key={own.id}
          words={words}
          team={own}
          isInviting={task?.kind === 'invite'}
          onClose={close}
        />
      )}
      {data?.personal === false && <Roles words={words} />}
      {task?.kind === 'rename' && (
        <NameTeam
          words={words}
          kind="rename"
          name={own.name}
          onName={async (name) => show(await ask<Team>('PATCH', path, { name }))}
          onClose={close}
        />
      )}
      {task?.kind === 'make' && (
        <NameTeam
          words={words}
          kind="make"
          name=""
          onName={async (name) => goTo((await ask<{ id: string }>('POST', '/teams', { name })).id)}
          onClose={close}
        />
      )}
      {task?.kind === 'remove' && (
        <RemoveMember
          words={words}
          team={own}
          member={task.member}
          onKeep={close}
          onDone={() => {
            if (task.member.isSelf) return void goTo('');
            void queries.invalidateQueries({ queryKey: [path] });
            close();
          }}
        />
      )}
    </div>
  );
}

function TeamHead(props: {
  readonly words: TeamWords;
  readonly team: Team | undefined;
  readonly isPersonal: boolean;
  readonly manages: boolean;
  readonly onTask: (kind: Form) => void;
}): ReactNode {
  const { words, team, isPersonal, manages, onTask } = props;
  return (
    <div className="head">
      <div>
        <h1>{words.title}</h1>
        {team !== undefined && (
          <p className="sub">
            {team.personal ? words.personal(team.name) : words.lead(team.name, team.members.length)}
          </p>
        )}
      </div>
      <div className="acts">
        {manages && (
          <button type="button" className="btn ghost" onClick={() => onTask('rename')}>
            {words.rename.open}
          </button>
        )}
        <button type="button" className={isPersonal ? 'btn pri' : 'btn'} onClick={() => onTask('make')}>
          {words.make.open}
        </button>
        {manages && !isPersonal && (
          <button type="button" className="btn pri" onClick={() => onTask('invite')}>
            <Icon name="plus" />
            {words.invite.open}
          </button>
        )}
      </div>
    </div>
  );
}

function Roles({ words }: { readonly words: TeamWords }): ReactNode {
  return (
    <section className="sec">
      <div className="sec-h">
        <h2>{words.rolesTitle}</h2>
      </div>
      <dl className="roles">
        {ROLES.map((role) => (
          <div key={role}>
            <dt className="b5">{words.roles[role]}</dt>
            <dd className="t2">{words.mayDo[role]}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
