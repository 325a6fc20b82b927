import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useSearchParams } from 'wouter';
import type { Key, KeyList } from '../../../src/http/api/wire/keys.ts';
import { ask } from '../../api/ask.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useSending } from '../../api/use-sending.ts';
import { FormTrouble } from '../../design/form-field.tsx';
import { Icon } from '../../design/icons.tsx';
import { moneyText } from '../../design/money.tsx';
import { Empty, Failed, Skeleton } from '../../design/section-state.tsx';
import { useLanguage } from '../../shell/language.ts';
import { monthText } from '../../shell/moments.ts';
import { usePerson } from '../../shell/person.tsx';
import { KeyDialog, type KeyTask } from './key-dialog.tsx';
import { KeyTable } from './key-table.tsx';
import './keys.css';
import type { KeysWords } from './words.en.ts';

const REFRESH_MS = 15_000;
/** Who makes keys; a member changes their own, the first two everybody's. */
const MAKERS: readonly string[] = ['owner', 'administrator', 'member'];
const PLACES = 6;

/** `/console/keys`: what programs show to be let in, what each may do, and what each has spent. */
export function KeysPage({ words }: { readonly words: KeysWords }): ReactNode {
  const { team } = usePerson();
  const path = `/teams/${team.id}/keys`;
  const keys = useAnswer<KeyList>(path, { refreshMs: REFRESH_MS });
  const queries = useQueryClient();
  const mayMake = MAKERS.includes(team.role);
  const [address, setAddress] = useSearchParams();
  // Other pages lead to the form by `?new`; it is gone from the address when the form is.
  const [task, setOwnTask] = useState<KeyTask | undefined>(
    mayMake && address.has('new') ? { kind: 'create' } : undefined,
  );
  const setTask = (next: KeyTask | undefined) => {
    setOwnTask(next);
    if (address.has('new')) setAddress({}, { replace: true });
  };
  const [turned, setTurned] = useState<Key | undefined>();
  const turning = useSending(words.didNotWork);
  const reload = () => queries.invalidateQueries({ queryKey: [path] });
  const turn = (key: Key) =>
    turning.send(async () => {
      setTurned(await ask<Key>('PATCH', `${path}/${key.id}`, { disabled: key.state !== 'disabled' }));
      await reload();
    });
  const rows = keys.data?.rows;
  const create = (
    <button type="button" className="btn pri" onClick={() => setTask({ kind: 'create' })}>
      <Icon name="plus" />
      {words.create}
    </button>
  );
  return (
    <div className="page">
      <div className="head keys-head">
        <div>
          <h1>{words.title}</h1>
          <p className="sub">{words.lead}</p>
        </div>
        {mayMake && rows !== undefined && rows.length > 0 && <div className="acts">{create}</div>}
      </div>
      <FormTrouble trouble={turning.trouble} />
      <div role="status">
        {turned !== undefined && (
          <div className="banner turned">
            <span className="grow">
              {turned.state === 'disabled'
                ? words.turned.disabled(turned.name)
                : words.turned.enabled(turned.name)}
            </span>
            <button
              type="button"
              className="btn sm"
              disabled={turning.isBusy}
              onClick={() => void turn(turned)}
            >
              {words.turned.undo}
            </button>
            <button
              type="button"
              className="ib"
              aria-label={words.close}
              onClick={() => setTurned(undefined)}
            >
              <Icon name="close" />
            </button>
          </div>
        )}
      </div>
      {rows === undefined && keys.error === null && <Skeleton label={words.loading} rows={5} />}
      {keys.error !== null && (
        <Failed text={words.failed} again={words.again} onAgain={() => void keys.refetch()} />
      )}
      {rows?.length === 0 && (
        <Empty title={words.empty.title} text={mayMake ? words.empty.text : words.empty.cannot}>
          {mayMake && create}
        </Empty>
      )}
      {keys.data !== undefined && keys.data.rows.length > 0 && (
        <>
          <KeyTable words={words} rows={keys.data.rows} onTask={setTask} onTurn={(key) => void turn(key)} />
          <Sum words={words} spent={keys.data.spentThisMonth} />
        </>
      )}
      {task !== undefined && (
        <KeyDialog
          key={task.kind === 'shown' ? task.made.key.id : task.kind}
          words={words}
          task={task}
          onTask={setTask}
          onChanged={() => void reload()}
        />
      )}
    </div>
  );
}

function Sum({
  words,
  spent,
}: {
  readonly words: KeysWords;
  readonly spent: KeyList['spentThisMonth'];
}): ReactNode {
  const language = useLanguage();
  const { keysTicks, keylessTicks } = spent;
  const together = String(BigInt(keysTicks) + BigInt(keylessTicks));
  return (
    <p className="meta t3 keys-sum">
      {words.sum(
        monthText(Date.now(), language),
        moneyText(keysTicks, PLACES),
        moneyText(keylessTicks, PLACES),
        moneyText(together, PLACES),
      )}
    </p>
  );
}
