import { type Selectable, sql } from 'kysely';
import type {
  ClaimAnswer,
  ClaimName,
  ClaimState,
  IdempotencyClaim,
  IdempotencyLimits,
  IdempotencyStore,
  KeptAnswer,
} from '../idempotency-store.ts';
import type { SqlEngine } from './sql-engine.ts';
import type { Tables } from './tables.ts';

/** Whoever has a key may free it between the attempt to take it and the look at who has it. */
const CLAIM_ATTEMPTS = 2;

/**
 * The limits of an organization are exact. Those of all together may be passed by as many claims as are made at the very
 * same moment, where several connections write; nobody waits for other organizations.
 *
 * Every group takes the totals first: where several connections write, those who come for the same key wait for each
 * other there, and never in a ring.
 */
export class SqlIdempotencyStore implements IdempotencyStore {
  readonly #engine: SqlEngine;

  constructor(engine: SqlEngine) {
    this.#engine = engine;
  }

  async claim(claim: IdempotencyClaim, limits: IdempotencyLimits): Promise<ClaimAnswer> {
    const { database, writeTogether } = this.#engine;
    const { organizationId } = claim;
    const openTotals = database
      .insertInto('idempotency_totals')
      .values({ organization_id: organizationId, keys: 0, bytes: 0 })
      .onConflict((on) => on.column('organization_id').doNothing());
    const count = database
      .updateTable('idempotency_totals')
      .set((row) => ({ keys: row('keys', '+', 1n) }))
      .where('organization_id', '=', organizationId)
      .where('keys', '<', BigInt(limits.organizationKeys))
      .where((is) => is(this.#allTotals('keys'), '<', BigInt(limits.allKeys)));
    const insert = database
      .insertInto('idempotency_keys')
      .values({
        organization_id: organizationId,
        key_hash: claim.keyHash,
        request_id: claim.requestId,
        fingerprint: claim.fingerprint,
        process_id: claim.processId,
        at_ms: claim.atMs,
        state: 'running',
      })
      .onConflict((on) => on.columns(['organization_id', 'key_hash']).doNothing());
    const group = [
      { query: openTotals.compile() },
      { query: count.compile(), guarded: true },
      { query: insert.compile(), guarded: true },
    ];
    for (let attempt = 0; attempt < CLAIM_ATTEMPTS; attempt += 1) {
      const outcome = await writeTogether(group);
      if (outcome === 'done') return { outcome };
      const holder = await this.#findHolder(claim);
      if (holder !== undefined) return holder;
    }
    // Nobody has the key, so it was the limits that stopped it.
    return { outcome: 'full' };
  }

  async #findHolder(claim: IdempotencyClaim): Promise<ClaimAnswer | undefined> {
    const row = await this.#engine.lookups
      .selectFrom('idempotency_keys')
      .selectAll()
      .where('organization_id', '=', claim.organizationId)
      .where('key_hash', '=', claim.keyHash)
      .executeTakeFirst();
    if (row === undefined) return undefined;
    const { request_id: requestId, fingerprint } = row;
    if (requestId === claim.requestId && row.state === 'running') return { outcome: 'done' };
    return { outcome: 'taken', requestId, fingerprint, state: presentState(row) };
  }

  async complete(claim: ClaimName, answer: KeptAnswer | undefined, limits: IdempotencyLimits): Promise<void> {
    if (answer !== undefined && (await this.#keep(claim, answer, limits))) return;
    await this.#engine.database
      .updateTable('idempotency_keys')
      .set({ state: 'not-kept' })
      .where((is) => is.and(runningRow(claim)))
      .execute();
  }

  /** False when there is no room, or the claim has ended: then nothing was done. */
  async #keep(claim: ClaimName, answer: KeptAnswer, limits: IdempotencyLimits): Promise<boolean> {
    const { database, writeTogether } = this.#engine;
    const bytes = BigInt(answer.bodyBytes);
    const count = database
      .updateTable('idempotency_totals')
      .set((row) => ({ bytes: row('bytes', '+', bytes) }))
      .where('organization_id', '=', claim.organizationId)
      .where('bytes', '<=', BigInt(limits.organizationBytes) - bytes)
      .where((is) => is(this.#allTotals('bytes'), '<=', BigInt(limits.allBytes) - bytes));
    const update = database
      .updateTable('idempotency_keys')
      .set({
        state: 'answered',
        model: answer.model,
        status: answer.status,
        headers: JSON.stringify(answer.headers),
        body: answer.body,
        body_bytes: bytes,
      })
      .where((is) => is.and(runningRow(claim)));
    const outcome = await writeTogether([
      { query: count.compile(), guarded: true },
      { query: update.compile(), guarded: true },
    ]);
    return outcome === 'done';
  }

  async release(claim: ClaimName): Promise<void> {
    const { database, writeTogether } = this.#engine;
    const count = database
      .updateTable('idempotency_totals')
      .set((row) => ({ keys: row('keys', '-', 1n) }))
      .where('organization_id', '=', claim.organizationId)
      .where('keys', '>', 0n);
    const remove = database.deleteFrom('idempotency_keys').where((is) => is.and(runningRow(claim)));
    await writeTogether([
      { query: count.compile(), guarded: true },
      { query: remove.compile(), guarded: true },
    ]);
  }

  async interruptClaimsOfOthers(liveProcessId: string): Promise<number> {
    const { numUpdatedRows } = await this.#engine.database
      .updateTable('idempotency_keys')
      .set({ state: 'interrupted' })
      // Written out, not bound: only then does SQLite see that the index of the running ones is enough.
      .where('state', '=', sql.lit('running' as const))
      .where('process_id', '<>', liveProcessId)
      .executeTakeFirstOrThrow();
    return Number(numUpdatedRows);
  }

  async sweep(beforeMs: number, limit: number): Promise<number> {
    const { database, writeTogether } = this.#engine;
    const old = database
      .selectFrom('idempotency_keys')
      .select(['organization_id', 'key_hash', 'body_bytes'])
      .where('at_ms', '<', BigInt(beforeMs))
      .orderBy('at_ms')
      .limit(limit);
    const rows = await old.execute();
    // Rows are named one by one: what is counted off is what is deleted, whoever sweeps at the same moment.
    const groups = rows.map(async (row) => {
      const remove = database
        .deleteFrom('idempotency_keys')
        .where('organization_id', '=', row.organization_id)
        .where('key_hash', '=', row.key_hash)
        .where('at_ms', '<', BigInt(beforeMs))
        .where('body_bytes', '=', row.body_bytes);
      const count = database
        .updateTable('idempotency_totals')
        .set((totals) => ({
          keys: totals('keys', '-', 1n),
          bytes: totals('bytes', '-', row.body_bytes),
        }))
        .where('organization_id', '=', row.organization_id)
        .where('keys', '>', 0n)
        .where('bytes', '>=', row.body_bytes);
      return writeTogether([
        { query: count.compile(), guarded: true },
        { query: remove.compile(), guarded: true },
      ]);
    });
    return (await Promise.all(groups)).filter((outcome) => outcome === 'done').length;
  }

  #allTotals(column: 'keys' | 'bytes') {
    return this.#engine.database
      .selectFrom('idempotency_totals as all_totals')
      .select(sql<bigint>`sum(${sql.ref(`all_totals.${column}`)})`.as('total'));
  }
}

function runningRow({ organizationId, keyHash, requestId }: ClaimName) {
  return {
    organization_id: organizationId,
    key_hash: keyHash,
    request_id: requestId,
    state: 'running',
  } as const;
}

function presentState(row: Selectable<Tables['idempotency_keys']>): ClaimState {
  const { state, model, status, headers, body } = row;
  if (state === 'answered' && model !== null && status !== null && headers !== null && body !== null) {
    return {
      kind: 'answered',
      answer: {
        model,
        status: Number(status),
        headers: JSON.parse(headers) as Record<string, string>,
        body,
        bodyBytes: Number(row.body_bytes),
      },
    };
  }
  return { kind: state === 'answered' ? 'not-kept' : state };
}
