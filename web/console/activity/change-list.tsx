import type { ReactNode } from 'react';
import type { ActivityEntry } from '../../../src/http/api/wire/operator-installation.ts';
import { Money } from '../../design/money.tsx';
import { dollarsAMillion } from '../../set-up/price-text.ts';
import { useLanguage } from '../../shell/language.ts';
import { momentText } from '../../shell/moments.ts';
import { type ShownChange, shownChanges } from './shown-changes.ts';
import type { ActivityWords } from './words.en.ts';

interface ListProps {
  readonly words: ActivityWords;
  readonly entry: ActivityEntry;
}

/** More than this is folded away. */
const SHOWN = 4;

/** How each member was before, and how it is since. */
export function ChangeList({ words, entry }: ListProps): ReactNode {
  const changes = shownChanges(entry).filter(({ after, before }) => (after ?? '') !== (before ?? ''));
  if (changes.length === 0) return null;
  const rest = changes.slice(SHOWN);
  return (
    <>
      <Changes words={words} changes={changes.slice(0, SHOWN)} />
      {rest.length > 0 && (
        <details>
          <summary>{words.moreChanges(rest.length)}</summary>
          <Changes words={words} changes={rest} />
        </details>
      )}
    </>
  );
}

function Changes(props: {
  readonly words: ActivityWords;
  readonly changes: readonly ShownChange[];
}): ReactNode {
  const { words, changes } = props;
  return (
    <ul className="changes">
      {changes.map((change) => (
        <li key={change.field}>
          <span className="t3">{words.fields[change.field] ?? change.field}</span>{' '}
          {change.before !== null && (
            <>
              <span className="was">
                <Value words={words} kind={change.kind} value={change.before} />
              </span>{' '}
              <span aria-hidden="true">→</span>
              <span className="sr-only">{words.became}</span>{' '}
            </>
          )}
          <Value words={words} kind={change.kind} value={change.after} />
        </li>
      ))}
    </ul>
  );
}

function Value(props: {
  readonly words: ActivityWords;
  readonly kind: ShownChange['kind'];
  readonly value: string | null;
}): ReactNode {
  const { words, kind, value } = props;
  const language = useLanguage();
  if (value === null || value === '') return <span className="t3">{words.nothing}</span>;
  switch (kind) {
    case 'secret':
      return words.secret;
    case 'money':
      return <Money ticks={value} digits="balance" />;
    case 'price':
      return words.perMillion(dollarsAMillion(value));
    case 'moment':
      return momentText(Number(value), language);
    case 'truth':
      return value === 'true' ? words.yes : words.no;
    case 'count':
      return Number(value).toLocaleString('en');
    case 'text':
      return value;
  }
}
