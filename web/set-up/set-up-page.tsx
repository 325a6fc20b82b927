import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { Icon } from '../design/icons.tsx';
import { ConnectStep } from './connect-step.tsx';
import { KeyStep } from './key-step.tsx';
import './set-up.css';
import type { SetUpWords } from './words.en.ts';

export interface SetUpPageProps {
  readonly words: SetUpWords;
  readonly email: string;
  readonly teamId: string;
  readonly credit: string;
  /** The product's name as it is drawn. */
  readonly wordmark: ReactNode;
  readonly onOtherLanguage: () => void;
  readonly onDone: () => void;
}

/** Where a person is in these steps survives a reload; the key's text does not, and is not meant to. */
const KEY_ID = 'turnpike.first-key-id';

/** The steps of a first visit after the account is made. */
export function SetUpPage(props: SetUpPageProps): ReactNode {
  const { words, email, teamId, credit, wordmark, onOtherLanguage, onDone } = props;
  const [keyId, setKeyId] = useState(() => sessionStorage.getItem(KEY_ID) ?? undefined);
  const [step, setStep] = useState<'connect' | 'key'>(keyId === undefined ? 'connect' : 'key');
  const page = useRef<HTMLDivElement>(null);
  const lastStep = useRef(step);
  // Whoever reads by ear or goes by keyboard begins the next step at its title.
  useEffect(() => {
    if (lastStep.current !== step) page.current?.querySelector<HTMLElement>('h1')?.focus();
    lastStep.current = step;
  }, [step]);
  const remember = useCallback((id: string) => {
    sessionStorage.setItem(KEY_ID, id);
    setKeyId(id);
  }, []);
  const finish = () => {
    sessionStorage.removeItem(KEY_ID);
    onDone();
  };
  return (
    <div className="setup" ref={page}>
      <header className="row">
        {wordmark}
        <button type="button" className="btn ghost sm push" onClick={onOtherLanguage}>
          <Icon name="globe" />
          {words.otherLanguage}
        </button>
      </header>
      <div className="cols">
        <aside>
          <div className="micro">{words.threeSteps}</div>
          <ol className="rail">
            <RailStep place={1} state="done" title={words.steps.account} hint={email} />
            <RailStep
              place={2}
              state={step === 'connect' ? 'cur' : 'done'}
              title={words.steps.connect}
              hint={words.steps.connectHint}
            />
            <RailStep
              place={3}
              state={step === 'key' ? 'cur' : 'later'}
              title={words.steps.key}
              hint={words.steps.keyHint}
            />
          </ol>
        </aside>
        {step === 'connect' ? (
          <ConnectStep words={words} onDone={() => setStep('key')} />
        ) : (
          <KeyStep
            words={words}
            teamId={teamId}
            credit={credit}
            earlierKeyId={keyId}
            onMade={remember}
            onBack={() => setStep('connect')}
            onDone={finish}
          />
        )}
      </div>
    </div>
  );
}

function RailStep(props: {
  readonly place: number;
  readonly state: 'done' | 'cur' | 'later';
  readonly title: string;
  readonly hint: string;
}): ReactNode {
  const { place, state, title, hint } = props;
  return (
    <li className={state} {...(state === 'cur' && { 'aria-current': 'step' })}>
      <span className="node">{state === 'done' ? <Icon name="check" /> : place}</span>
      <div>
        <div className="b5">{title}</div>
        <div className="meta t3 ell">{hint}</div>
      </div>
    </li>
  );
}
