import type { Database } from 'bun:sqlite';
import { StorageNotOpened } from '../../storage-error.ts';
import type { JournalPosition } from '../journal/journal.ts';
import { readJournal } from '../journal/journal-reader.ts';
import { deleteSegments } from '../journal/segment.ts';
import { EffectStatements } from './effect-statements.ts';
import { EffectWriter } from './effect-writer.ts';
import { KeyUses } from './key-uses.ts';

/**
 * Effects of one transaction, about: a frame is never divided. Whoever else writes waits for it: less than a tenth of a
 * second, or two where each effect is another team's.
 */
const EFFECTS_TOGETHER = 8_192;

/** Carries the journal's effects out on the tables: each exactly once, because the position moves with them. */
export class JournalApplier {
  readonly #path: string;
  readonly #statements: EffectStatements;
  readonly #keyUses: KeyUses;

  constructor(database: Database, path: string) {
    this.#path = path;
    this.#statements = new EffectStatements(database);
    this.#keyUses = new KeyUses(this.#statements);
  }

  /** Up to where the tables go. */
  position(): JournalPosition {
    const row = this.#statements.position.get();
    if (row === null) throw new RangeError('the database has no journal position');
    return { effects: Number(row.effects), segment: Number(row.segment), bytes: Number(row.bytes) };
  }

  /**
   * Applies some effects, within the transaction that is open, up to a position or to the journal's end. Answers how many
   * of all effects are applied then. What is applied already is left alone.
   */
  apply(upTo: JournalPosition | undefined): number {
    const from = this.position();
    let { effects, segment, bytes } = from;
    if (upTo !== undefined && upTo.effects <= effects) return effects;
    // What the committed position is beyond nobody needs any more.
    deleteSegments(this.#path, segment);
    const writer = new EffectWriter(this.#statements, this.#keyUses);
    for (const frame of readJournal(this.#path, from, upTo)) {
      if (frame.first !== effects + 1) throw foreignJournal(this.#path);
      for (const effect of frame.effects) writer.take(effect);
      effects += frame.effects.length;
      segment = frame.segment;
      bytes = frame.endBytes;
      if (effects - from.effects >= EFFECTS_TOGETHER) break;
    }
    if (effects === from.effects) return effects;
    writer.finish();
    this.#statements.movePosition.run(effects, segment, bytes);
    return effects;
  }

  close(): void {
    this.#statements.finalize();
  }
}

function foreignJournal(path: string): StorageNotOpened {
  return new StorageNotOpened(
    'changed',
    `The journal beside ${path} does not go on where the database ends: one of the two was replaced by an older copy. Put the one that belongs to it back, or move ${path}-commands-* aside.`,
  );
}
