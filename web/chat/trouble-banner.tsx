import type { ReactNode } from 'react';
import type { TurnTrouble } from './use-turns.ts';
import type { ChatWords } from './words.en.ts';

/** Why something was not begun, said once, with a way to try it again. */
export function TroubleBanner(props: {
  readonly trouble: TurnTrouble | undefined;
  readonly words: ChatWords;
}): ReactNode {
  const { trouble, words } = props;
  if (trouble === undefined) return null;
  return (
    <div className="banner bad" role="alert">
      <span className="grow">{trouble.message}</span>
      {trouble.again !== undefined && (
        <button type="button" className="btn sm" onClick={trouble.again}>
          {words.composer.again}
        </button>
      )}
    </div>
  );
}
