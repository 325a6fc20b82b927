import type { ReactNode } from 'react';
import type { ProbeEvent, ProbeFailure } from '../../src/http/api/wire/operator-connect.ts';
import { duration } from '../design/figures.ts';
import { Icon } from '../design/icons.tsx';
import { Money } from '../design/money.tsx';
import { found } from './use-probe.ts';
import type { SetUpWords } from './words.en.ts';

interface StepsProps {
  readonly words: SetUpWords;
  readonly events: readonly ProbeEvent[];
  readonly isRunning: boolean;
}

type Tried = Extract<ProbeEvent, { kind: 'tried' }>;

/** What has been tried so far, a line each, and what is being tried. */
export function ProbeSteps({ words, events, isRunning }: StepsProps): ReactNode {
  const { connect } = words;
  const place = found(events, 'found');
  const listed = found(events, 'models');
  const tried = events.filter((event): event is Tried => event.kind === 'tried');
  const chat = tried.find(({ what }) => what === 'chat');
  const streamed = tried.find(({ what }) => what === 'stream');
  const trying = events.at(-1);
  return (
    <ul className="oks">
      {listed?.failed === null && (
        <Step sign="check" title={connect.steps.models}>
          {connect.listed(listed.count, listed.names.slice(0, 2))}
        </Step>
      )}
      {listed?.failed != null && (
        <Failure words={words} title={connect.steps.models} failed={listed.failed} />
      )}
      {chat !== undefined && chat.outcome !== 'fails' && (
        <Step sign="check" title={place?.shownKey == null ? connect.steps.noKey : connect.steps.key}>
          {place?.shownKey}
        </Step>
      )}
      {chat?.failed != null && <Failure words={words} title={connect.steps.chat} failed={chat.failed} />}
      {chat !== undefined && chat.outcome !== 'fails' && (
        <Step sign="check" title={connect.steps.chat}>
          {streamed?.firstTokenMs == null
            ? connect.tried(chat.model, duration(chat.tookMs))
            : connect.firstToken(chat.model, duration(streamed.firstTokenMs))}
          {chat.costTicks !== null && (
            <>
              {' · '}
              {connect.cost} <Money ticks={chat.costTicks} />
            </>
          )}
        </Step>
      )}
      {tried
        .filter(({ what }) => what !== 'chat')
        .map((step) => (
          <Ability key={step.what} words={words} step={step} />
        ))}
      {isRunning && trying?.kind === 'trying' && (
        <li className="t3">
          <span className="dot off" />
          <span>{connect.steps[trying.what]}</span>
          <span className="push">{trying.model ?? ''}</span>
        </li>
      )}
    </ul>
  );
}

function Step({
  sign,
  title,
  children,
}: {
  readonly sign: 'check' | 'dash';
  readonly title: string;
  readonly children?: ReactNode;
}): ReactNode {
  return (
    <li className={sign === 'dash' ? 'is-off' : ''}>
      <Icon name={sign} />
      <span>{title}</span>
      <span className="push num t2 ell">{children}</span>
    </li>
  );
}

/** Nobody needs all of them, so what an upstream cannot do is said calmly. */
function Ability({
  words: { connect },
  step,
}: {
  readonly words: SetUpWords;
  readonly step: Tried;
}): ReactNode {
  const title = connect.steps[step.what];
  if (step.outcome === 'works') {
    return (
      <Step sign="check" title={title}>
        {connect.works}
      </Step>
    );
  }
  const unsure = connect.unsure[step.what === 'tools' || step.what === 'images' ? step.what : 'other'];
  return (
    <Step sign="dash" title={title}>
      {step.outcome === 'unsure' ? unsure : connect.takesNot}
    </Step>
  );
}

function Failure({
  words,
  title,
  failed,
}: {
  readonly words: SetUpWords;
  readonly title: string;
  readonly failed: ProbeFailure;
}): ReactNode {
  const said = words.itSaid(failed.httpStatus, failed.words);
  return (
    <li className="is-bad">
      <Icon name="closed" />
      <span className="grow">
        <span className="sr-only">{title}: </span>
        {words.faults[failed.fault]}
        {said !== '' && <span className="said mono">{said}</span>}
      </span>
    </li>
  );
}
