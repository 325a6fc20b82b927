import type { ReactNode } from 'react';
import { CopyText } from './copy-text.tsx';
import { languageName } from './language-name.ts';
import { useHighlight } from './use-highlight.ts';
import type { ChatWords } from './words.en.ts';

interface CodeBlockProps {
  readonly text: string;
  /** As it stands after the fence. */
  readonly language: string;
  readonly words: ChatWords;
}

/** A piece of code with its language, to be copied. Colours come a moment later and are never taken away. */
export function CodeBlock({ text, language, words }: CodeBlockProps): ReactNode {
  const name = /^[\w+#.-]+/.exec(language)?.[0] ?? '';
  const pieces = useHighlight(text, name);
  return (
    <section
      className="code"
      aria-label={name === '' ? words.turn.plainCode : words.turn.codeLabel(languageName(name))}
    >
      <div className="ch">
        <span className="ell">{languageName(name)}</span>
        <CopyText text={text} label={words.turn.copyCode} copied={words.turn.copied} className="ib push" />
      </div>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls by itself is reached by the keyboard
        tabIndex={0}
      >
        <code>
          {pieces.map(({ kind, text }, at) =>
            kind === '' ? (
              text
            ) : (
              // biome-ignore lint/suspicious/noArrayIndexKey: they come one after the other and never change places
              <span key={at} className={`hl-${kind}`}>
                {text}
              </span>
            ),
          )}
        </code>
      </pre>
    </section>
  );
}
