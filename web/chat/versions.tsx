import type { ReactNode } from 'react';
import { ChatIcon } from './chat-icons.tsx';
import type { ChatWords } from './words.en.ts';

/** ‹ 2 / 3 ›: which version of a message is shown. Nothing for one that has no others. */
export function Versions(props: {
  readonly ids: readonly string[];
  readonly shown: string;
  readonly onShow: (id: string) => void;
  readonly words: ChatWords;
}): ReactNode {
  const { ids, shown, onShow, words } = props;
  const at = ids.indexOf(shown);
  if (ids.length < 2 || at === -1) return null;
  const [before, after] = [ids[at - 1], ids[at + 1]];
  return (
    <span className="sib">
      <button
        type="button"
        className="ib"
        aria-label={words.turn.previous}
        disabled={before === undefined}
        onClick={() => before !== undefined && onShow(before)}
      >
        <ChatIcon name="left" />
      </button>
      <span className="num">
        <span className="sr-only">{words.turn.version(at + 1, ids.length)}</span>
        <span aria-hidden="true">
          {at + 1} / {ids.length}
        </span>
      </span>
      <button
        type="button"
        className="ib"
        aria-label={words.turn.next}
        disabled={after === undefined}
        onClick={() => after !== undefined && onShow(after)}
      >
        <ChatIcon name="right" />
      </button>
    </span>
  );
}
