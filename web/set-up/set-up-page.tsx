import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { ConnectStep } from './connect-step.tsx';
import { KeyStep } from './key-step.tsx';
import { SetUpFrame } from './set-up-frame.tsx';
import type { SetUpWords } from './words.en.ts';

export interface SetUpPageProps {
  readonly words: SetUpWords;
  readonly email: string;
  readonly teamId: string;
  /** The product's name as it is drawn. */
  readonly wordmark: ReactNode;
  readonly onOtherLanguage: () => void;
  readonly onDone: () => void;
  /** The step before was on this very page. */
  readonly isContinued: boolean;
}

/** Where a person is in these steps survives a reload; the key's text does not, and is not meant to. */
const KEY_ID = 'turnpike.first-key-id';

/** The steps of a first visit after the account is made. */
export function SetUpPage(props: SetUpPageProps): ReactNode {
  const { words, email, teamId, wordmark, onOtherLanguage, onDone, isContinued } = props;
  const [keyId, setKeyId] = useState(() => sessionStorage.getItem(KEY_ID) ?? undefined);
  const [step, setStep] = useState<'connect' | 'key'>(keyId === undefined ? 'connect' : 'key');
  const page = useRef<HTMLDivElement>(null);
  const lastStep = useRef(isContinued ? undefined : step);
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
    <SetUpFrame
      words={words}
      wordmark={wordmark}
      onOtherLanguage={onOtherLanguage}
      steps={step === 'connect' ? ['done', 'cur', 'later'] : ['done', 'done', 'cur']}
      email={email}
      frame={page}
    >
      {step === 'connect' ? (
        <ConnectStep words={words} onDone={() => setStep('key')} />
      ) : (
        <KeyStep
          words={words}
          teamId={teamId}
          earlierKeyId={keyId}
          onMade={remember}
          onBack={() => setStep('connect')}
          onDone={finish}
        />
      )}
    </SetUpFrame>
  );
}
