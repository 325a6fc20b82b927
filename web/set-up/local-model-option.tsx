import { type ReactNode, useState } from 'react';
import type { LocalModel } from '../../src/http/api/wire/local-model.ts';
import { ask } from '../api/ask.ts';
import { useLive } from '../api/use-live.ts';
import { bytes, clock } from '../design/figures.ts';
import { Icon } from '../design/icons.tsx';
import type { SetUpWords } from './words.en.ts';

interface OptionProps {
  readonly words: SetUpWords;
  readonly onUse: () => void;
}

/** A small model that is fetched once and runs on this machine: bytes, rate, time left, and a way to stop. */
export function LocalModelOption({ words, onUse }: OptionProps): ReactNode {
  const { local } = words;
  const { last: state } = useLive<LocalModel>('/operator/local-model/live', 'state');
  const [hasFailed, setHasFailed] = useState(false);
  const phase = state?.phase ?? 'off';
  const order = (what: 'begin' | 'pause' | 'cancel') => {
    setHasFailed(false);
    ask('POST', '/operator/local-model', { order: what }).catch(() => setHasFailed(true));
  };
  return (
    <div className="opt">
      <span className="oi">
        <Icon name="chip" />
      </span>
      <div className="grow">
        <div className="row wrap">
          <span className="b5">{local.title}</span>
          {phase === 'off' && <span className="meta t3">{local.hint}</span>}
        </div>
        {hasFailed ? (
          <div className="meta bad">{words.failed}</div>
        ) : (
          state !== undefined && <Standing words={words} state={state} />
        )}
      </div>
      {phase === 'off' && <Order label={local.begin} onClick={() => order('begin')} />}
      {phase === 'fetching' && <Order label={local.pause} isQuiet onClick={() => order('pause')} />}
      {phase === 'paused' && (
        <>
          <Order label={local.cancel} isQuiet onClick={() => order('cancel')} />
          <Order label={local.resume} onClick={() => order('begin')} />
        </>
      )}
      {phase === 'failed' && <Order label={local.again} onClick={() => order('begin')} />}
      {phase === 'running' && <Order label={local.use} onClick={onUse} />}
    </div>
  );
}

function Order(props: {
  readonly label: string;
  readonly isQuiet?: boolean;
  readonly onClick: () => void;
}): ReactNode {
  return (
    <button type="button" className={props.isQuiet ? 'btn sm ghost' : 'btn sm'} onClick={props.onClick}>
      {props.label}
    </button>
  );
}

function Standing({
  words: { local },
  state,
}: {
  readonly words: SetUpWords;
  readonly state: LocalModel;
}): ReactNode {
  const { phase, part, doneBytes, totalBytes, bytesPerSecond, modelName, fault } = state;
  if (phase === 'off') return null;
  if (phase === 'starting') return <div className="meta t3">{local.starting}</div>;
  if (phase === 'running') return <div className="meta">{local.running(modelName ?? '')}</div>;
  if (phase === 'failed')
    return <div className="meta bad">{local.failedFor[fault ?? ''] ?? local.failed}</div>;
  const percent = doneBytes === null || !totalBytes ? undefined : Math.floor((100 * doneBytes) / totalBytes);
  const label = part === null ? local.title : local.part[part];
  return (
    <>
      <div
        className="meter"
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        {...(percent !== undefined && { 'aria-valuenow': percent })}
      >
        <i style={{ width: `${percent ?? 0}%` }} />
      </div>
      <div className="meta t3 num row wrap">
        <span>{label}</span>
        {doneBytes !== null && totalBytes !== null && (
          <span>{local.of(bytes(doneBytes), bytes(totalBytes))}</span>
        )}
        {bytesPerSecond !== null && <span>{`${(bytesPerSecond / 1_000_000).toFixed(1)} MB/s`}</span>}
        {phase === 'paused' && <span>{local.paused}</span>}
        {bytesPerSecond !== null && bytesPerSecond > 0 && doneBytes !== null && totalBytes !== null && (
          <span className="push">{local.left(clock((totalBytes - doneBytes) / bytesPerSecond))}</span>
        )}
      </div>
    </>
  );
}
