import type { CommandAnswer } from '../commands/run-command.ts';

/** Why a command did not reach anything that could run it. */
export type ReachFault =
  | { readonly code: 'not-taken' | 'no-reply' }
  | { readonly code: 'folder-held'; readonly path: string; readonly pid: number | undefined }
  | { readonly code: 'no-folder' | 'folder-not-made' | 'folder-not-usable'; readonly path: string }
  | { readonly code: 'not-opened'; readonly path: string; readonly reason: string };

/** What came of a command, whoever ran it. */
export type CarriedOut = CommandAnswer | { readonly outcome: 'unreached'; readonly fault: ReachFault };

export function unreached(fault: ReachFault): CarriedOut {
  return { outcome: 'unreached', fault };
}
