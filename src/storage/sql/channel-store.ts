import type { Selectable } from 'kysely';
import type { ChannelRow, ChannelStore } from '../channel-store.ts';
import { StorageConflict } from '../storage-error.ts';
import type { SqlEngine } from './sql-engine.ts';
import { bit, type Tables } from './tables.ts';

export class SqlChannelStore implements ChannelStore {
  readonly #engine: SqlEngine;

  constructor(engine: SqlEngine) {
    this.#engine = engine;
  }

  async list(): Promise<readonly ChannelRow[]> {
    const rows = await this.#engine.database
      .selectFrom('channels')
      .selectAll()
      .orderBy('priority', 'desc')
      .orderBy('created_at_ms')
      .orderBy('id')
      .execute();
    return rows.map(presentChannel);
  }

  async put(row: ChannelRow): Promise<'done' | 'exists'> {
    const columns = {
      name: row.name,
      kind: row.kind,
      base_url: row.baseUrl,
      sealed_key: row.sealedKey,
      models: JSON.stringify(row.models),
      input_modalities: JSON.stringify(row.inputModalities),
      context_tokens: row.contextTokens,
      priority: row.priority,
      enabled: bit(row.enabled),
      created_at_ms: row.createdAtMs,
    };
    try {
      await this.#engine.database
        .insertInto('channels')
        .values({ id: row.id, ...columns })
        .onConflict((on) => on.column('id').doUpdateSet(columns))
        .execute();
      return 'done';
    } catch (error) {
      // The id cannot clash, it is replaced; so it is the name.
      if (error instanceof StorageConflict && error.rule === 'unique') return 'exists';
      throw error;
    }
  }

  async remove(id: string): Promise<boolean> {
    const { numDeletedRows } = await this.#engine.database
      .deleteFrom('channels')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    return numDeletedRows > 0n;
  }
}

function presentChannel(row: Selectable<Tables['channels']>): ChannelRow {
  return {
    id: row.id,
    name: row.name,
    kind: row.kind as ChannelRow['kind'],
    baseUrl: row.base_url,
    sealedKey: row.sealed_key,
    models: JSON.parse(row.models) as ChannelRow['models'],
    inputModalities: JSON.parse(row.input_modalities) as ChannelRow['inputModalities'],
    contextTokens: row.context_tokens === null ? null : Number(row.context_tokens),
    priority: Number(row.priority),
    enabled: row.enabled === 1n,
    createdAtMs: Number(row.created_at_ms),
  };
}
