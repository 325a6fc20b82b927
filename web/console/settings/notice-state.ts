import type { Notice } from '../../../src/http/api/wire/notices.ts';

/** Whether people see it: from its beginning on, until its end. */
export function noticeState(
  { startsAtMs, endsAtMs }: Pick<Notice, 'startsAtMs' | 'endsAtMs'>,
  nowMs: number,
): 'later' | 'now' | 'over' {
  if (endsAtMs !== null && endsAtMs <= nowMs) return 'over';
  return startsAtMs <= nowMs ? 'now' : 'later';
}
