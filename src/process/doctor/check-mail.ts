import type { Mailer } from '../../ports/mailer.ts';
import { type CheckResult, found } from './check-result.ts';

/** Whether letters can leave: a mail server is asked, and nothing is sent. */
export async function checkMail(mailer: Mailer | undefined): Promise<CheckResult[]> {
  if (mailer === undefined) return [found('problem', 'mail-settings-wrong', {})];
  const { kind, place } = mailer;
  const outcome = await mailer.check();
  if (outcome !== 'ready') return [found('problem', 'mail-not-ready', { place, ...outcome })];
  return [
    kind === 'server'
      ? found('ok', 'mail-by-server', { place })
      : found('warning', 'mail-to-folder', { path: place }),
  ];
}
