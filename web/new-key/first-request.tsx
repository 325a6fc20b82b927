import { type ReactNode, useEffect, useState } from 'react';
import type { RequestRow } from '../../src/http/api/wire/requests.ts';
import { useLive } from '../api/use-live.ts';
import { clock, duration } from '../design/figures.ts';
import { Boom } from '../design/icons.tsx';
import { Money } from '../design/money.tsx';
import './new-key.css';
import type { NewKeyWords } from './words.en.ts';

interface FirstRequestProps {
  readonly words: NewKeyWords;
  readonly teamId: string;
  readonly keyId: string;
  /** What was answered, when this page has sent the request itself: prompts and answers are kept nowhere. */
  readonly answer: string | undefined;
  readonly onArrived: () => void;
}

/** The boom is down until the first request of the key arrives, also when it came while this page was closed. */
export function FirstRequest({ words, teamId, keyId, answer, onArrived }: FirstRequestProps): ReactNode {
  const { wait } = words;
  const [arrived, setArrived] = useState<RequestRow | undefined>();
  // It is the last word of that answer, so nothing is asked for any more.
  const path = arrived === undefined ? `/teams/${teamId}/keys/${keyId}/first-request` : undefined;
  const { last, isLost } = useLive<RequestRow>(path, 'request');
  useEffect(() => {
    if (last === undefined) return;
    setArrived(last);
    onArrived();
  }, [last, onArrived]);
  if (arrived === undefined) return <Waiting words={words} isLost={isLost} />;
  const isAnswered = arrived.result === 'answered' || arrived.result === 'cut';
  return (
    <div className={isAnswered ? 'wait has-arrived' : 'wait is-refused'} role="status">
      <div className="row g3">
        <Boom isUp={isAnswered} />
        <div className="grow">
          <div className="b5">{isAnswered ? wait.arrived : wait.refused}</div>
          <div className="meta t2 num">
            {isAnswered
              ? wait.line(
                  arrived.model,
                  arrived.inputTokens,
                  arrived.outputTokens,
                  duration(arrived.durationMs),
                )
              : `${arrived.httpStatus} · ${arrived.failureCode ?? ''}`}
          </div>
        </div>
        <span className="b5">
          <Money ticks={arrived.costTicks} />
        </span>
      </div>
      <i className="road is-done" />
      {arrived.simulated && <p className="meta">{wait.simulated}</p>}
      {answer !== undefined && <div className="ans mono">{wait.said(answer)}</div>}
    </div>
  );
}

function Waiting({
  words: { wait },
  isLost,
}: {
  readonly words: NewKeyWords;
  readonly isLost: boolean;
}): ReactNode {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((before) => before + 1), 1_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <div className="wait">
      <div className="row g3">
        <Boom isUp={false} />
        <div className="grow" role="status">
          <div className="b5">{wait.title}</div>
          <div className="meta t3">{isLost ? wait.lost : wait.hint}</div>
        </div>
        <span className="meta t3 num" aria-hidden="true">
          {clock(seconds)}
        </span>
      </div>
      <i className="road move" />
    </div>
  );
}
