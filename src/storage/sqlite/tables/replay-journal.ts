import type { Database } from 'bun:sqlite';
import type { JournalPosition } from '../journal/journal.ts';
import { deleteSegments, listSegments } from '../journal/segment.ts';
import { JournalApplier } from './apply-journal.ts';

/**
 * Carries out what a process that is gone has promised and not brought to the tables any more, and deletes the journal.
 * Answers where it goes on: in a new segment, so that nothing is ever written behind an unfinished frame.
 */
export function replayJournal(database: Database, path: string): JournalPosition {
  const applier = new JournalApplier(database, path);
  try {
    const applySome = database.transaction(() => applier.apply(undefined));
    let effects = -1;
    for (let applied = applySome.immediate(); applied !== effects; applied = applySome.immediate())
      effects = applied;
    const { segment, bytes } = applier.position();
    const last = listSegments(path).at(-1)?.number;
    const next = { effects, segment: last === undefined ? segment : Math.max(segment, last) + 1, bytes: 0 };
    if (next.segment !== segment || bytes > 0)
      database.run('UPDATE journal_position SET segment = ?, bytes = 0', [next.segment]);
    deleteSegments(path, next.segment);
    return next;
  } finally {
    applier.close();
  }
}
