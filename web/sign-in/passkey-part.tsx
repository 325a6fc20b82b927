import type { ReactNode } from 'react';
import { Icon } from '../design/icons.tsx';
import type { PasskeyPlace } from '../passkeys/passkey-place.ts';
import { AttemptProblem } from './attempt-problem.tsx';
import { usePasskeys } from './use-passkeys.ts';
import type { SignInWords } from './words.en.ts';

/** A passkey says by itself whose it is, so nothing is typed. */
export function PasskeyButton(props: {
  readonly words: SignInWords;
  readonly isHere: boolean;
  readonly onEntered: () => void;
}): ReactNode {
  const { words, isHere, onEntered } = props;
  const { isBusy, problem, ask } = usePasskeys(isHere, onEntered);
  return (
    <>
      <button type="button" className="btn block" disabled={!isHere || isBusy} onClick={ask}>
        <Icon name="passkey" />
        {words.passkey}
      </button>
      <AttemptProblem words={words} problem={problem} />
    </>
  );
}

/** Why there is no such button, in the place of a dead one. */
export function PasskeyHint(props: {
  readonly words: SignInWords;
  readonly place: PasskeyPlace | undefined;
}): ReactNode {
  const { words, place } = props;
  if (place?.kind === 'nowhere') return <p className="meta t3 hint">{words.passkeysNowhere}</p>;
  if (place?.kind !== 'elsewhere') return null;
  const { origin } = place;
  return (
    <p className="meta t3 hint">
      {words.passkeysElsewhere} <a href={`${origin}${location.pathname}${location.search}`}>{origin}</a>
    </p>
  );
}
