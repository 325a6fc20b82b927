import { type ReactNode, useState } from 'react';
import { Icon } from '../design/icons.tsx';
import type { SetUpWords } from './words.en.ts';

/** Copies a text and says so until another one is shown. */
export function CopyButton(props: {
  readonly text: string;
  readonly words: SetUpWords;
  readonly isSmall?: boolean;
}): ReactNode {
  const { text, words, isSmall } = props;
  const [copied, setCopied] = useState<string | undefined>();
  const isCopied = copied === text;
  const label = isCopied ? words.key.copied : words.key.copy;
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setCopied(text),
      // Without a secure address the browser has no clipboard; the text can be selected by hand.
      () => {},
    );
  };
  return (
    <button
      type="button"
      className={isSmall ? 'ib push' : 'btn sm'}
      {...(isSmall && { 'aria-label': label })}
      onClick={copy}
    >
      <Icon name={isCopied ? 'check' : 'copy'} />
      {isSmall ? null : label}
    </button>
  );
}
