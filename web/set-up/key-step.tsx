import { type ReactNode, useState } from 'react';
import type { Home } from '../../src/http/api/wire/home.ts';
import type { MadeKey } from '../../src/http/api/wire/keys.ts';
import { ask, Refused } from '../api/ask.ts';
import { useAnswer } from '../api/use-answer.ts';
import { CopyButton } from '../design/copy-button.tsx';
import { Icon } from '../design/icons.tsx';
import { moneyText } from '../design/money.tsx';
import { ClientTabs } from '../new-key/client-tabs.tsx';
import { FirstRequest } from '../new-key/first-request.tsx';
import { sendFirstCall } from './send-first-call.ts';
import type { SetUpWords } from './words.en.ts';

interface KeyStepProps {
  readonly words: SetUpWords;
  readonly teamId: string;
  /** Of a key that was made before this page was opened again. */
  readonly earlierKeyId: string | undefined;
  readonly onMade: (keyId: string) => void;
  readonly onBack: () => void;
  readonly onDone: () => void;
}

/** Step three: a key that is shown once, ways to use it, and the first request as it arrives. */
export function KeyStep(props: KeyStepProps): ReactNode {
  const { words, teamId, earlierKeyId, onMade, onBack, onDone } = props;
  const { key } = words;
  const home = useAnswer<Home>(`/teams/${teamId}/home`).data;
  const [made, setMade] = useState<MadeKey | undefined>();
  const [isBusy, setIsBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | undefined>();
  const [answer, setAnswer] = useState<string | undefined>();
  const [hasArrived, setHasArrived] = useState(false);
  const keyId = made?.key.id ?? earlierKeyId;

  const busily = async (work: () => Promise<void>, otherwise: string) => {
    setIsBusy(true);
    setTrouble(undefined);
    try {
      await work();
    } catch (error) {
      setTrouble(error instanceof Refused && error.message !== '' ? error.message : otherwise);
    } finally {
      setIsBusy(false);
    }
  };
  const make = () =>
    busily(async () => {
      const fresh = await ask<MadeKey>('POST', `/teams/${teamId}/keys`, { name: key.name });
      setMade(fresh);
      onMade(fresh.key.id);
    }, words.failed);
  const send = (secret: string) => busily(async () => setAnswer(await sendFirstCall(secret)), key.notSent);

  return (
    <main>
      <h1 tabIndex={-1}>{key.title}</h1>
      <p className="lead">
        {made === undefined && keyId !== undefined
          ? key.shownOnce
          : key.lead(home && moneyText(home.balance.availableTicks, 2))}
      </p>
      {made !== undefined && (
        <div className="secret">
          <span className="grow">{made.secret}</span>
          <CopyButton text={made.secret} words={words.newKey} />
        </div>
      )}
      {made === undefined && (
        <button
          type="button"
          className={keyId === undefined ? 'btn pri' : 'btn'}
          disabled={isBusy}
          onClick={make}
        >
          {isBusy ? key.making : keyId === undefined ? key.make : key.another}
        </button>
      )}
      {keyId !== undefined && (
        <>
          <ClientTabs words={words.newKey} teamId={teamId} secret={made?.secret} />
          <FirstRequest
            key={keyId}
            words={words.newKey}
            teamId={teamId}
            keyId={keyId}
            answer={answer}
            onArrived={() => setHasArrived(true)}
          />
        </>
      )}
      {trouble !== undefined && (
        <p className="meta bad trouble" role="alert">
          {trouble}
        </p>
      )}
      <div className="foot">
        <button type="button" className="link meta t2" onClick={onBack}>
          {key.back}
        </button>
        <span className="push" />
        {made !== undefined && !hasArrived && (
          <button type="button" className="btn" disabled={isBusy} onClick={() => send(made.secret)}>
            <Icon name="terminal" />
            {isBusy ? key.sending : key.send}
          </button>
        )}
        <button type="button" className={hasArrived ? 'btn pri' : 'btn'} onClick={onDone}>
          {key.console}
        </button>
      </div>
    </main>
  );
}
