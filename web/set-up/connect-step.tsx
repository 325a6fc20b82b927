import type { ReactNode } from 'react';
import { ConnectForm } from './connect-form.tsx';
import type { SetUpWords } from './words.en.ts';

interface ConnectStepProps {
  readonly words: SetUpWords;
  /** A model answers now, or the person goes on without one. */
  readonly onDone: () => void;
}

/** Step two: a model that answers, or the simulator for now. */
export function ConnectStep({ words, onDone }: ConnectStepProps): ReactNode {
  const { connect } = words;
  const skip = (
    <button type="button" className="link meta t2" title={connect.skipHint} onClick={onDone}>
      {connect.skip}
    </button>
  );
  return (
    <main>
      <h1 tabIndex={-1}>{connect.title}</h1>
      <ConnectForm words={words} onDone={onDone} beside={skip} />
    </main>
  );
}
