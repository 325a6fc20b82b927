import { type ReactNode, useState } from 'react';
import type { Notice } from '../../src/http/api/wire/notices.ts';
import { Icon } from '../design/icons.tsx';
import { dismissedNotices, dismissNotice } from './dismissed-notices.ts';
import { useLanguage } from './language.ts';
import { NOTICE_TONES } from './notice-tones.ts';
import type { ShellWords } from './words.en.ts';

interface BannersProps {
  readonly words: Pick<ShellWords, 'dismiss'>;
  readonly notices: readonly Notice[];
}

/** What the operator says to everyone, until it is over or this browser has seen enough of it. */
export function NoticeBanners({ words, notices }: BannersProps): ReactNode {
  const language = useLanguage();
  const [dismissed, setDismissed] = useState(dismissedNotices);
  const shown = notices.filter(({ id }) => !dismissed.includes(id));
  if (shown.length === 0) return null;
  return (
    <div className="stack notices">
      {shown.map(({ id, tone, text }) => (
        <div
          className={`banner ${NOTICE_TONES[tone]}`}
          key={id}
          role={tone === 'critical' ? 'alert' : 'status'}
        >
          <span className="grow">{text[language]}</span>
          <button
            type="button"
            className="ib"
            aria-label={words.dismiss}
            onClick={() => setDismissed(dismissNotice(id))}
          >
            <Icon name="close" />
          </button>
        </div>
      ))}
    </div>
  );
}
