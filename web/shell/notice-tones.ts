import type { Notice } from '../../src/http/api/wire/notices.ts';

/** How a notice looks. */
export const NOTICE_TONES: Readonly<Record<Notice['tone'], 'info' | 'warn' | 'bad'>> = {
  info: 'info',
  warning: 'warn',
  critical: 'bad',
};
