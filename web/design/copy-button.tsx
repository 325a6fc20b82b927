import { type ReactNode, useState } from 'react';
import { Icon } from './icons.tsx';

interface CopyButtonProps {
  readonly text: string;
  readonly words: { readonly copy: string; readonly copied: string };
  readonly isSmall?: boolean;
  /** It is the one thing to do here. */
  readonly isMain?: boolean;
  readonly onCopied?: () => void;
}

/** Copies a text and says so until another one is shown. */
export function CopyButton({ text, words, isSmall, isMain, onCopied }: CopyButtonProps): ReactNode {
  const [copied, setCopied] = useState<string | undefined>();
  const isCopied = copied === text;
  const label = isCopied ? words.copied : words.copy;
  const copy = () => {
    // Without a secure address there is no clipboard at all.
    navigator.clipboard?.writeText(text).then(
      () => {
        setCopied(text);
        onCopied?.();
      },
      // The text can be selected by hand.
      () => {},
    );
  };
  return (
    <button
      type="button"
      className={isSmall ? 'ib push' : isMain ? 'btn sm pri' : 'btn sm'}
      {...(isSmall && { 'aria-label': label })}
      onClick={copy}
    >
      <Icon name={isCopied ? 'check' : 'copy'} />
      {isSmall ? null : label}
    </button>
  );
}
