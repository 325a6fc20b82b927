import type { SettingStore } from '../setting-store.ts';
import type { SqlEngine } from './sql-engine.ts';

export class SqlSettingStore implements SettingStore {
  readonly #engine: SqlEngine;

  constructor(engine: SqlEngine) {
    this.#engine = engine;
  }

  async get(name: string): Promise<string | undefined> {
    const row = await this.#engine.lookups
      .selectFrom('settings')
      .select('value')
      .where('name', '=', name)
      .executeTakeFirst();
    return row?.value;
  }

  async set(name: string, value: string): Promise<void> {
    await this.#engine.database
      .insertInto('settings')
      .values({ name, value })
      .onConflict((on) => on.column('name').doUpdateSet({ value }))
      .execute();
  }

  async setOnce(name: string, value: string): Promise<string> {
    // Only an updated row is returned, so a setting that exists is "updated" to what it is.
    const row = await this.#engine.database
      .insertInto('settings')
      .values({ name, value })
      .onConflict((on) => on.column('name').doUpdateSet({ name }))
      .returning('value')
      .executeTakeFirstOrThrow();
    return row.value;
  }
}
