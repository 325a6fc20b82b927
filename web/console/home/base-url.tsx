import { type ReactNode, useState } from 'react';
import { Icon } from '../../design/icons.tsx';
import type { HomeWords } from './words.en.ts';

/** The address that every client asks for first, ready to be copied. */
export function BaseUrl({ url, words }: { readonly url: string; readonly words: HomeWords }): ReactNode {
  const [isCopied, setCopied] = useState(false);
  const copy = () => {
    // Without a secure address the browser has no clipboard; the text can be selected by hand.
    navigator.clipboard?.writeText(url).then(
      () => setCopied(true),
      () => {},
    );
  };
  return (
    <div className="input fit base-url">
      <span className="t3">{words.baseUrl}</span>
      <span className="mono ell">{url}</span>
      <button type="button" className="ib" aria-label={isCopied ? words.copied : words.copy} onClick={copy}>
        <Icon name={isCopied ? 'check' : 'copy'} />
      </button>
    </div>
  );
}
