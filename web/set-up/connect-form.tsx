import { type ReactNode, useState } from 'react';
import type { Connected } from '../../src/http/api/wire/operator-connect.ts';
import { ask, Refused } from '../api/ask.ts';
import { Agree } from './agree.tsx';
import { connectionOf } from './agreement.ts';
import { ConnectPanel } from './connect-panel.tsx';
import { LocalModelOption } from './local-model-option.tsx';
import { NearbyOptions } from './nearby-options.tsx';
import { useAgreement } from './use-agreement.ts';
import { found, useProbe } from './use-probe.ts';
import './set-up.css';
import type { SetUpWords } from './words.en.ts';

interface ConnectFormProps {
  readonly words: SetUpWords;
  /** A model answers now. */
  readonly onDone: () => void;
  /** Stands beside the button that connects, such as a way to go on without a model. */
  readonly beside?: ReactNode;
}

/** From what a person has to a channel that answers: paste, try, agree, connect. */
export function ConnectForm({ words, onDone, beside }: ConnectFormProps): ReactNode {
  const { connect } = words;
  const probe = useProbe();
  const place = found(probe.events, 'found');
  const done = found(probe.events, 'done');
  const isNear = place?.isNear ?? false;
  const [agreement, agree] = useAgreement(done?.proposal, isNear);
  const [isConnecting, setIsConnecting] = useState(false);
  /** The channel stands, but something of what was agreed on could not be done. */
  const [isPartly, setIsPartly] = useState(false);
  const [trouble, setTrouble] = useState<string | undefined>();
  const connection = agreement && connectionOf(agreement);

  const use = async () => {
    if (connection === undefined || probe.pasted === undefined) return;
    setIsConnecting(true);
    setTrouble(undefined);
    const { model: _, ...pasted } = probe.pasted;
    try {
      const { notAdded } = await ask<Connected>('POST', '/operator/connect', { ...pasted, ...connection });
      const [first] = notAdded;
      if (first === undefined) return onDone();
      setIsPartly(true);
      setTrouble(connect.notAdded(first.model, first.message));
    } catch (error) {
      setTrouble(error instanceof Refused && error.message !== '' ? error.message : words.failed);
    } finally {
      setIsConnecting(false);
    }
  };

  return (
    <div className="connect">
      <p className="lead">{connect.lead}</p>
      <ConnectPanel words={words} probe={probe} />
      {agreement !== undefined && (
        <Agree words={words} agreement={agreement} isNear={isNear} onChange={agree} />
      )}
      {done?.answers !== true && (
        <>
          <div className="or">
            <span>{connect.or}</span>
          </div>
          <div className="opts">
            <NearbyOptions words={words} onUse={(baseUrl) => probe.start({ pasted: baseUrl })} />
            <LocalModelOption words={words} onUse={onDone} />
          </div>
        </>
      )}
      {trouble !== undefined && (
        <p className="meta bad trouble" role="alert">
          {trouble}
        </p>
      )}
      <div className="foot">
        {beside}
        <button
          type="button"
          className="btn pri push"
          disabled={connection === undefined || isConnecting}
          title={connection === undefined ? connect.useNeeds : undefined}
          onClick={isPartly ? onDone : use}
        >
          {isConnecting
            ? connect.using
            : place === undefined || isPartly
              ? connect.useNothing
              : connect.use(place.label)}
        </button>
      </div>
    </div>
  );
}
