import { type CompiledQuery, type Selectable, sql } from 'kysely';
import type { LimitRules } from '../../domain/limit.ts';
import type { SpendLimits } from '../../domain/spend-limit.ts';
import type { KeyChange, KeyRow, KeyStore, KeyWithOwner, Successor } from '../key-store.ts';
import type { SqlEngine } from './sql-engine.ts';
import { bit, type Tables } from './tables.ts';

type KeyWithOwnerRow = Selectable<Tables['api_keys']> & { blocked: bigint; banned: bigint | null };

export class SqlKeyStore implements KeyStore {
  readonly #engine: SqlEngine;
  /** Compiled once: the first call of every key waits for it, and building a query costs more than running this one. */
  readonly #byHash: CompiledQuery<KeyWithOwnerRow>;

  constructor(engine: SqlEngine) {
    this.#engine = engine;
    this.#byHash = engine.lookups
      .selectFrom('api_keys')
      .innerJoin('organization', 'organization.id', 'api_keys.organization_id')
      .innerJoin('user', 'user.id', 'api_keys.user_id')
      .selectAll('api_keys')
      .select(['organization.blocked', 'user.banned'])
      .where('hash', '=', '')
      .compile();
  }

  async insert(row: KeyRow): Promise<void> {
    await this.#insertion(row).execute();
  }

  async findByHash(hash: string): Promise<KeyWithOwner | undefined> {
    const query: CompiledQuery<KeyWithOwnerRow> = { ...this.#byHash, parameters: [hash] };
    const { rows } = await this.#engine.lookups.executeQuery(query);
    const [row] = rows;
    return (
      row && { ...presentKey(row), organizationBlocked: row.blocked === 1n, userBanned: row.banned === 1n }
    );
  }

  async find(organizationId: string, keyId: string): Promise<KeyRow | undefined> {
    const row = await this.#engine.database
      .selectFrom('api_keys')
      .selectAll()
      .where('id', '=', keyId)
      .where('organization_id', '=', organizationId)
      .executeTakeFirst();
    return row && presentKey(row);
  }

  async list(organizationId: string): Promise<readonly KeyRow[]> {
    const rows = await this.#engine.database
      .selectFrom('api_keys')
      .selectAll()
      .where('organization_id', '=', organizationId)
      .orderBy('created_at_ms')
      .orderBy('id')
      .execute();
    return rows.map(presentKey);
  }

  async change(organizationId: string, keyId: string, change: KeyChange): Promise<boolean> {
    const { numUpdatedRows } = await this.#engine.database
      .updateTable('api_keys')
      .set({
        ...(change.name === undefined ? {} : { name: change.name }),
        ...(change.acls === undefined ? {} : { acls: JSON.stringify(change.acls) }),
        ...(change.limits === undefined ? {} : { limits: JSON.stringify(change.limits) }),
        ...(change.spendLimits === undefined ? {} : spendColumns(change.spendLimits)),
        ...(change.allowedNetworks === undefined
          ? {}
          : { allowed_networks: JSON.stringify(change.allowedNetworks) }),
        ...(change.expiresAtMs === undefined ? {} : { expires_at_ms: change.expiresAtMs }),
        ...(change.disabled === undefined ? {} : { disabled: bit(change.disabled) }),
        ...(change.revokedAtMs === undefined ? {} : { revoked_at_ms: change.revokedAtMs }),
        modified_at_ms: change.modifiedAtMs,
        modified_by: change.modifiedBy,
      })
      .where('id', '=', keyId)
      .where('organization_id', '=', organizationId)
      .executeTakeFirstOrThrow();
    return numUpdatedRows > 0n;
  }

  async rotate(successor: Successor, endsAtMs: number): Promise<boolean> {
    const ended = this.#engine.database
      .updateTable('api_keys')
      .set({
        expires_at_ms: sql<bigint>`CASE WHEN expires_at_ms < ${endsAtMs} THEN expires_at_ms ELSE ${endsAtMs} END`,
        modified_at_ms: successor.modifiedAtMs,
        modified_by: successor.modifiedBy,
      })
      .where('id', '=', successor.followsKeyId)
      .where('organization_id', '=', successor.organizationId)
      .where('revoked_at_ms', 'is', null);
    const outcome = await this.#engine.writeTogether([
      { query: ended.compile(), guarded: true },
      { query: this.#insertion(successor).compile() },
    ]);
    return outcome === 'done';
  }

  #insertion(row: KeyRow) {
    return this.#engine.database.insertInto('api_keys').values({
      id: row.id,
      hash: row.hash,
      redacted: row.redacted,
      name: row.name,
      organization_id: row.organizationId,
      user_id: row.userId,
      acls: JSON.stringify(row.acls),
      limits: JSON.stringify(row.limits),
      ...spendColumns(row.spendLimits),
      allowed_networks: JSON.stringify(row.allowedNetworks),
      expires_at_ms: row.expiresAtMs,
      disabled: bit(row.disabled),
      revoked_at_ms: row.revokedAtMs,
      follows_key_id: row.followsKeyId,
      last_used_at_ms: row.lastUsedAtMs,
      created_at_ms: row.createdAtMs,
      modified_at_ms: row.modifiedAtMs,
      modified_by: row.modifiedBy,
    });
  }
}

function spendColumns({ perDayTicks, perMonthTicks }: SpendLimits) {
  return { spend_per_day_ticks: perDayTicks, spend_per_month_ticks: perMonthTicks };
}

function presentKey(row: Selectable<Tables['api_keys']>): KeyRow {
  return {
    id: row.id,
    hash: row.hash,
    redacted: row.redacted,
    name: row.name,
    organizationId: row.organization_id,
    userId: row.user_id,
    acls: JSON.parse(row.acls) as string[],
    limits: JSON.parse(row.limits) as LimitRules,
    spendLimits: { perDayTicks: row.spend_per_day_ticks, perMonthTicks: row.spend_per_month_ticks },
    allowedNetworks: JSON.parse(row.allowed_networks) as string[],
    expiresAtMs: row.expires_at_ms === null ? null : Number(row.expires_at_ms),
    disabled: row.disabled === 1n,
    revokedAtMs: row.revoked_at_ms === null ? null : Number(row.revoked_at_ms),
    followsKeyId: row.follows_key_id,
    lastUsedAtMs: row.last_used_at_ms === null ? null : Number(row.last_used_at_ms),
    createdAtMs: Number(row.created_at_ms),
    modifiedAtMs: Number(row.modified_at_ms),
    modifiedBy: row.modified_by,
  };
}
