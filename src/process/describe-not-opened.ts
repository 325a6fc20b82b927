import type { Notice, NoticeSentences } from '../language/sentences.ts';
import type { StorageNotOpened } from '../storage/storage-error.ts';
import { type DatabasePlace, databaseFile, shownDatabase } from './database-place.ts';

/** Why the database was not opened, in words that fit a file or a server. */
export function notOpenedNotice(
  { reason }: StorageNotOpened,
  { dataDir, databaseUrl }: DatabasePlace,
  notices: NoticeSentences,
): Notice {
  switch (reason) {
    case 'no-access':
    case 'no-database':
    case 'too-old':
    case 'wrong-encoding':
      return notices.databaseServerNotUsable(
        reason,
        databaseUrl === undefined ? '' : shownDatabase(databaseUrl),
      );
    // Of files only.
    case 'not-a-database':
    case 'backup':
    case 'half-restored':
    case 'damaged':
      return notices.databaseNotOpened(reason, databaseFile(dataDir));
    default:
      return databaseUrl === undefined
        ? notices.databaseNotOpened(reason, databaseFile(dataDir))
        : notices.databaseServerNotUsable(reason, shownDatabase(databaseUrl));
  }
}
