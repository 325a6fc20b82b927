import { isWorthNoting } from '../../key-use.ts';
import type { EffectStatements } from './effect-statements.ts';

/** About 100 bytes each. Forgetting them costs a write for each key in use. */
const MAXIMUM_NOTED_KEYS = 100_000;

/** Notes when keys were last used, to the minute, so that most uses do not touch the keys' table. */
export class KeyUses {
  readonly #statements: Pick<EffectStatements, 'noteKeyUse'>;
  /** By key id. Never ahead of the table by more than a rollback. */
  readonly #notedAtMs = new Map<string, number>();

  constructor(statements: Pick<EffectStatements, 'noteKeyUse'>) {
    this.#statements = statements;
  }

  note(keyId: string, atMs: number): void {
    if (!isWorthNoting(this.#notedAtMs.get(keyId), atMs)) return;
    if (this.#notedAtMs.size >= MAXIMUM_NOTED_KEYS) this.#notedAtMs.clear();
    this.#notedAtMs.set(keyId, atMs);
    this.#statements.noteKeyUse.run(atMs, keyId, atMs);
  }
}
