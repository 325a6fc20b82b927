import { type ReactNode, useCallback, useEffect, useState } from 'react';
import type { Channel } from '../../../src/http/api/wire/operator-channels.ts';
import { ask } from '../../api/ask.ts';
import type { SetUpWords } from '../../set-up/words.en.ts';
import { ChannelDialog, type ChannelTask } from './channel-dialog.tsx';
import { ChannelTable } from './channel-table.tsx';
import './channels.css';
import { FailingChannels } from './failing-channels.tsx';
import { TestAll } from './test-all.tsx';
import type { ChannelWords } from './words.en.ts';

interface ChannelsPageProps {
  readonly words: ChannelWords;
  /** Of the part that connects a model, which the first visit has too. */
  readonly setUpWords: SetUpWords;
}

/** Figures that people leave open are looked at again as often as this. */
const REFRESH_MS = 15_000;

/** `/console/channels`: what answers, how well, and a way to try and change it. */
export function ChannelsPage({ words, setUpWords }: ChannelsPageProps): ReactNode {
  const [channels, setChannels] = useState<readonly Channel[] | undefined>();
  const [hasFailed, setHasFailed] = useState(false);
  const [isTesting, setIsTesting] = useState(false);
  const [task, setTask] = useState<ChannelTask | undefined>();
  const load = useCallback(async () => {
    try {
      const { rows } = await ask<{ rows: Channel[] }>('GET', '/operator/channels');
      setChannels(rows);
      setHasFailed(false);
    } catch {
      setHasFailed(true);
    }
  }, []);
  useEffect(() => {
    void load();
    const timer = setInterval(() => void load(), REFRESH_MS);
    return () => clearInterval(timer);
  }, [load]);
  const finish = useCallback(() => {
    setTask(undefined);
    void load();
  }, [load]);
  const isEmpty = channels?.length === 0;
  const enabled = channels?.filter((channel) => channel.enabled).length ?? 0;
  return (
    <div className="page">
      <div className="head">
        <div>
          <h1>{words.title}</h1>
          {channels !== undefined && !isEmpty && (
            <p className="sub">{words.lead(enabled, channels.length - enabled)}</p>
          )}
        </div>
        {!isEmpty && (
          <div className="acts">
            {enabled > 0 && (
              <button type="button" className="btn" onClick={() => setIsTesting(true)}>
                {words.testingAll.action}
              </button>
            )}
            <button type="button" className="btn pri" onClick={() => setTask({ kind: 'connect' })}>
              {words.connect}
            </button>
          </div>
        )}
      </div>
      {hasFailed && (
        <div className="banner warn" role="alert">
          <span className="grow">{words.failed}</span>
          <button type="button" className="btn sm" onClick={() => void load()}>
            {words.again}
          </button>
        </div>
      )}
      {channels === undefined && !hasFailed && <Skeleton label={words.loading} />}
      {isEmpty && (
        <div className="empty">
          <h2>{words.empty.title}</h2>
          <p>{words.empty.text}</p>
          <button type="button" className="btn pri" onClick={() => setTask({ kind: 'connect' })}>
            {words.connect}
          </button>
        </div>
      )}
      {channels !== undefined && <FailingChannels words={words} channels={channels} onTask={setTask} />}
      {channels !== undefined && !isEmpty && (
        <ChannelTable words={words} channels={channels} onTask={setTask} onChanged={finish} />
      )}
      {isTesting && channels !== undefined && (
        <TestAll
          words={words}
          channels={channels}
          onClose={() => {
            setIsTesting(false);
            void load();
          }}
        />
      )}
      {task !== undefined && (
        <ChannelDialog
          words={words}
          setUpWords={setUpWords}
          task={task}
          onClose={() => setTask(undefined)}
          onDone={finish}
        />
      )}
    </div>
  );
}

function Skeleton({ label }: { readonly label: string }): ReactNode {
  return (
    <div className="stack g6" role="status" aria-label={label}>
      <div className="sk" />
      <div className="sk" />
      <div className="sk" />
    </div>
  );
}
