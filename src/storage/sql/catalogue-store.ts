import { type Selectable, sql } from 'kysely';
import type { LimitRules } from '../../domain/limit.ts';
import type { CatalogueModel, Modality } from '../../domain/model-catalogue.ts';
import type { PriceSheet } from '../../domain/price.ts';
import type { CatalogueStore } from '../catalogue-store.ts';
import type { SqlEngine } from './sql-engine.ts';
import { bit, type Tables } from './tables.ts';

export class SqlCatalogueStore implements CatalogueStore {
  readonly #engine: SqlEngine;

  constructor(engine: SqlEngine) {
    this.#engine = engine;
  }

  async list(): Promise<readonly CatalogueModel[]> {
    // One statement, so that no model is ever seen without the prices that came with it.
    const rows = await this.#engine.database
      .selectFrom('models')
      .leftJoin('model_prices', 'model_prices.model_id', 'models.id')
      .selectAll()
      .orderBy('models.id')
      .orderBy('model_prices.valid_from_ms')
      .execute();
    return [...Map.groupBy(rows, (row) => row.id).values()].flatMap((group) => {
      const [first] = group;
      return first === undefined ? [] : [presentModel(first, group.flatMap(presentPrice))];
    });
  }

  async put(model: CatalogueModel): Promise<void> {
    const columns = {
      aliases: JSON.stringify(model.aliases),
      input_modalities: JSON.stringify(model.inputModalities),
      output_modalities: JSON.stringify(model.outputModalities),
      context_tokens: model.contextTokens,
      maximum_output_tokens: model.maximumOutputTokens,
      limits: JSON.stringify(model.limits),
      created_at_ms: model.createdAtMs,
      owned_by: model.ownedBy,
      enabled: bit(model.enabled),
    };
    const upsert = this.#engine.database
      .insertInto('models')
      .values({ id: model.id, ...columns })
      .onConflict((on) => on.column('id').doUpdateSet(columns));
    const prices = model.prices.map((sheet) => ({ query: this.#insertPrice(model.id, sheet).compile() }));
    await this.#engine.writeTogether([{ query: upsert.compile() }, ...prices]);
  }

  async addPrice(modelId: string, sheet: PriceSheet): Promise<'done' | 'exists' | 'no-model'> {
    const { numInsertedOrUpdatedRows } = await this.#insertPrice(modelId, sheet).executeTakeFirstOrThrow();
    if (numInsertedOrUpdatedRows !== 0n) return 'done';
    const model = this.#engine.database.selectFrom('models').select('id').where('id', '=', modelId);
    return (await model.executeTakeFirst()) === undefined ? 'no-model' : 'exists';
  }

  async remove(modelId: string): Promise<boolean> {
    const { numDeletedRows } = await this.#engine.database
      .deleteFrom('models')
      .where('id', '=', modelId)
      .executeTakeFirstOrThrow();
    return numDeletedRows > 0n;
  }

  /** Inserts nothing for a model that does not exist, or that has a sheet from that moment. */
  #insertPrice(modelId: string, sheet: PriceSheet) {
    const { database } = this.#engine;
    const row = database
      .selectFrom('models')
      .select([
        'id',
        sql<bigint>`CAST(${sheet.validFromMs} AS bigint)`.as('valid_from_ms'),
        sql<bigint>`CAST(${sheet.inputTicksPerToken} AS bigint)`.as('input'),
        sql<bigint>`CAST(${sheet.cachedInputTicksPerToken} AS bigint)`.as('cached_input'),
        sql<bigint>`CAST(${sheet.imageInputTicksPerToken} AS bigint)`.as('image_input'),
        sql<bigint>`CAST(${sheet.audioInputTicksPerToken} AS bigint)`.as('audio_input'),
        sql<bigint>`CAST(${sheet.outputTicksPerToken} AS bigint)`.as('output'),
      ])
      .where('id', '=', modelId);
    return database
      .insertInto('model_prices')
      .columns([
        'model_id',
        'valid_from_ms',
        'input_ticks_per_token',
        'cached_input_ticks_per_token',
        'image_input_ticks_per_token',
        'audio_input_ticks_per_token',
        'output_ticks_per_token',
      ])
      .expression(row)
      .onConflict((on) => on.columns(['model_id', 'valid_from_ms']).doNothing());
  }
}

function presentModel(row: Selectable<Tables['models']>, prices: readonly PriceSheet[]): CatalogueModel {
  return {
    id: row.id,
    aliases: JSON.parse(row.aliases) as string[],
    inputModalities: JSON.parse(row.input_modalities) as Modality[],
    outputModalities: JSON.parse(row.output_modalities) as Modality[],
    contextTokens: Number(row.context_tokens),
    maximumOutputTokens: Number(row.maximum_output_tokens),
    limits: JSON.parse(row.limits) as LimitRules,
    prices,
    createdAtMs: Number(row.created_at_ms),
    ownedBy: row.owned_by,
    enabled: row.enabled === 1n,
  };
}

type PriceRow = Omit<Selectable<Tables['model_prices']>, 'model_id'>;

/** The price in a joined row, if there is one. */
function presentPrice(row: { readonly [Column in keyof PriceRow]: PriceRow[Column] | null }): PriceSheet[] {
  if (row.valid_from_ms === null) return [];
  return [
    {
      validFromMs: Number(row.valid_from_ms),
      inputTicksPerToken: row.input_ticks_per_token ?? 0n,
      cachedInputTicksPerToken: row.cached_input_ticks_per_token ?? 0n,
      imageInputTicksPerToken: row.image_input_ticks_per_token ?? 0n,
      audioInputTicksPerToken: row.audio_input_ticks_per_token ?? 0n,
      outputTicksPerToken: row.output_ticks_per_token ?? 0n,
    },
  ];
}
