import type { ReactNode, Ref } from 'react';
import { Icon } from '../design/icons.tsx';
import './before-account.css';
import './set-up.css';
import type { SetUpWords } from './words.en.ts';

export type StepState = 'done' | 'cur' | 'later';

export interface SetUpFrameProps {
  readonly words: SetUpWords;
  /** The product's name as it is drawn. */
  readonly wordmark: ReactNode;
  readonly onOtherLanguage: () => void;
  /** How far the three steps are; none are shown before the first. */
  readonly steps?: readonly [account: StepState, connect: StepState, key: StepState];
  /** Of the person who is known. */
  readonly email?: string;
  readonly frame?: Ref<HTMLDivElement>;
  readonly children: ReactNode;
}

/** What is around every step of a first visit. */
export function SetUpFrame(props: SetUpFrameProps): ReactNode {
  const { words, wordmark, onOtherLanguage, steps, email, frame, children } = props;
  return (
    <div className="setup" ref={frame}>
      <header className="row">
        {wordmark}
        <button type="button" className="btn ghost sm push" onClick={onOtherLanguage}>
          <Icon name="globe" />
          {words.otherLanguage}
        </button>
      </header>
      <div className={steps === undefined ? 'cols alone' : 'cols'}>
        {steps !== undefined && (
          <aside>
            <div className="micro">{words.threeSteps}</div>
            <ol className="rail">
              <RailStep
                place={1}
                state={steps[0]}
                title={words.steps.account}
                hint={email ?? words.steps.accountHint}
              />
              <RailStep
                place={2}
                state={steps[1]}
                title={words.steps.connect}
                hint={words.steps.connectHint}
              />
              <RailStep place={3} state={steps[2]} title={words.steps.key} hint={words.steps.keyHint} />
            </ol>
          </aside>
        )}
        {children}
      </div>
    </div>
  );
}

function RailStep(props: {
  readonly place: number;
  readonly state: StepState;
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
