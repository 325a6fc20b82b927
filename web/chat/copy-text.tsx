import { type ReactNode, useEffect, useState } from 'react';
import { Icon } from '../design/icons.tsx';

const SAID_MS = 2_000;

/** Copies a text, and says for a moment that it did. */
export function CopyText(props: {
  readonly text: string;
  readonly label: string;
  readonly copied: string;
  readonly className?: string;
}): ReactNode {
  const { text, label, copied, className = 'ib' } = props;
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), SAID_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = () => {
    // Without a secure address the browser has no clipboard; the text can be selected by hand.
    navigator.clipboard?.writeText(text).then(
      () => setCopied(true),
      () => {},
    );
  };
  const name = isCopied ? copied : label;
  return (
    <button type="button" className={className} aria-label={name} title={name} onClick={copy}>
      <Icon name={isCopied ? 'check' : 'copy'} />
    </button>
  );
}
