import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useLanguage } from '../../shell/language.ts';
import { momentText } from '../../shell/moments.ts';
import { fileSize } from '../ledger/file-size.ts';
import type { Concern } from './concerns.ts';
import type { OverviewWords } from './words.en.ts';

interface ListProps {
  readonly words: OverviewWords;
  readonly concerns: readonly Concern[];
}

/** What needs attention, each with the way to where it is mended; a quiet line when nothing does. */
export function ConcernList({ words, concerns }: ListProps): ReactNode {
  const language = useLanguage();
  const { attention } = words;
  if (concerns.length === 0)
    return (
      <p className="st meta concerns">
        <i className="dot" />
        {attention.nothing}
      </p>
    );
  return (
    <ul className="stack concerns" aria-label={attention.label}>
      {concerns.map((concern) => (
        <li className={`banner ${TONES[concern.kind]}`} key={JSON.stringify(concern)}>
          <span className="grow">{sentence(concern, words, (atMs) => momentText(atMs, language))}</span>
          <Link href={PLACES[concern.kind]}>{attention.places[concern.kind]}</Link>
        </li>
      ))}
    </ul>
  );
}

function sentence(
  concern: Concern,
  { attention }: OverviewWords,
  momentOf: (atMs: number) => string,
): string {
  switch (concern.kind) {
    case 'channel-failing':
      return attention.channelFailing(concern.name, concern.failed, concern.failed + concern.answered);
    case 'model-unanswered':
      return attention.modelUnanswered(concern.names.join(', '));
    case 'model-unpriced':
      return attention.modelUnpriced(concern.names.join(', '));
    case 'books-wrong':
      return attention.booksWrong(concern.findings);
    case 'audit-failed':
      return attention.auditFailed;
    case 'disk-low':
      return attention.diskLow(fileSize(concern.freeBytes), (concern.share * 100).toFixed(1));
    case 'backup-failed':
      return attention.backupFailed;
    case 'backup-old':
      return concern.madeAtMs === undefined
        ? attention.backupNone
        : attention.backupOld(momentOf(concern.madeAtMs));
  }
}

const TONES: Readonly<Record<Concern['kind'], 'bad' | 'warn' | 'info'>> = {
  'channel-failing': 'bad',
  'model-unanswered': 'warn',
  'model-unpriced': 'warn',
  'books-wrong': 'bad',
  'audit-failed': 'bad',
  'disk-low': 'bad',
  'backup-failed': 'bad',
  'backup-old': 'info',
};

const PLACES: Readonly<Record<Concern['kind'], string>> = {
  'channel-failing': '/console/channels',
  'model-unanswered': '/console/channels',
  'model-unpriced': '/console/catalogue',
  'books-wrong': '/console/ledger',
  'audit-failed': '/console/ledger',
  'disk-low': '/console/ledger',
  'backup-failed': '/console/ledger',
  'backup-old': '/console/ledger',
};
