import type { AlertLetterStore, TellingTime } from '../alert-letter-store.ts';
import type { SqlEngine } from './sql-engine.ts';

export class SqlAlertLetterStore implements AlertLetterStore {
  readonly #engine: SqlEngine;

  constructor(engine: SqlEngine) {
    this.#engine = engine;
  }

  async take(alertId: string, { atMs, sinceMs, gapMs }: TellingTime): Promise<boolean> {
    const tell = this.#engine.database
      .insertInto('alert_letters')
      .values({ alert_id: alertId, told_at_ms: atMs, recovered_at_ms: null })
      .onConflict((on) =>
        on
          .column('alert_id')
          .doUpdateSet({ told_at_ms: atMs, recovered_at_ms: null })
          .where('alert_letters.told_at_ms', '<=', BigInt(atMs - gapMs))
          .where((is) =>
            is.or([
              is('alert_letters.recovered_at_ms', 'is not', null),
              is('alert_letters.told_at_ms', '<', BigInt(sinceMs)),
            ]),
          ),
      );
    return (await this.#engine.writeTogether([{ query: tell.compile(), guarded: true }])) === 'done';
  }

  async recover(alertId: string, atMs: number): Promise<void> {
    await this.#engine.database
      .updateTable('alert_letters')
      .set({ recovered_at_ms: atMs })
      .where('alert_id', '=', alertId)
      .where('recovered_at_ms', 'is', null)
      .execute();
  }

  async forget(alertId: string): Promise<void> {
    await this.#engine.database.deleteFrom('alert_letters').where('alert_id', '=', alertId).execute();
  }
}
