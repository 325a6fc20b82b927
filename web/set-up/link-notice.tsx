import type { ReactNode } from 'react';
import { CopyButton } from '../design/copy-button.tsx';
import type { SetUpWords } from './words.en.ts';

const COMMAND = 'npm run turnpike -- set-up-link';

/** Nobody can sign in, and whoever is here has no link that works: where the link is, and how to get a new one. */
export function LinkNotice(props: { readonly words: SetUpWords; readonly isStale: boolean }): ReactNode {
  const { words, isStale } = props;
  const { link } = words;
  return (
    <main>
      <h1 tabIndex={-1}>{isStale ? link.staleTitle : link.title}</h1>
      <p className="lead">{isStale ? link.staleLead : link.lead}</p>
      <ol className="ways-in">
        <li>
          <h2>{link.terminal}</h2>
          <p className="meta">{link.terminalHint}</p>
        </li>
        <li>
          <h2>{link.command}</h2>
          <p className="meta">{link.commandHint}</p>
          <div className="code row">
            <pre className="grow">
              <code>{COMMAND}</code>
            </pre>
            <CopyButton text={COMMAND} words={link} />
          </div>
        </li>
      </ol>
    </main>
  );
}
