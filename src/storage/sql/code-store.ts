import type { Selectable } from 'kysely';
import type { ClaimedCode, CodeClaim, CodeClaimAnswer, CodeRow, CodeStore, CodeUse } from '../code-store.ts';
import { makePage, type Page, type PageRequest, readPage } from '../page.ts';
import type { SqlEngine } from './sql-engine.ts';
import type { Tables } from './tables.ts';

const MAXIMUM_UNGRANTED = 1_000;
const MAXIMUM_USES = 1_000;

export class SqlCodeStore implements CodeStore {
  readonly #engine: SqlEngine;

  constructor(engine: SqlEngine) {
    this.#engine = engine;
  }

  async insert(rows: readonly CodeRow[]): Promise<void> {
    await this.#engine.database
      .insertInto('credit_codes')
      .values(
        rows.map((row) => ({
          id: row.id,
          hash: row.hash,
          redacted: row.redacted,
          amount_ticks: row.amountTicks,
          most_uses: row.mostUses,
          uses: row.uses,
          memo: row.memo,
          expires_at_ms: row.expiresAtMs,
          ended_at_ms: row.endedAtMs,
          created_at_ms: row.createdAtMs,
          created_by: row.createdBy,
        })),
      )
      .execute();
  }

  async list(page: PageRequest): Promise<Page<CodeRow>> {
    const { limit, below } = readPage(page);
    const rows = await this.#engine.database
      .selectFrom('credit_codes')
      .selectAll()
      .$if(below !== undefined, (query) => query.where('sequence', '<', below ?? 0n))
      .orderBy('sequence', 'desc')
      .limit(limit + 1)
      .execute();
    return makePage(rows, limit, ({ sequence }) => sequence, presentCode);
  }

  async end(id: string, atMs: number): Promise<boolean> {
    const { numUpdatedRows } = await this.#engine.database
      .updateTable('credit_codes')
      .set({ ended_at_ms: atMs })
      .where('id', '=', id)
      .where('ended_at_ms', 'is', null)
      .executeTakeFirstOrThrow();
    return numUpdatedRows > 0n;
  }

  async claim(claim: CodeClaim): Promise<CodeClaimAnswer> {
    const { hash, organizationId, userId, atMs } = claim;
    const { database } = this.#engine;
    // The use is taken first: two teams of a code wait for each other at its row, and never hold one both want.
    const take = database
      .updateTable('credit_codes')
      .set((row) => ({ uses: row('uses', '+', 1n) }))
      .where('hash', '=', hash)
      .whereRef('uses', '<', 'most_uses')
      .where('ended_at_ms', 'is', null)
      .where((is) => is.or([is('expires_at_ms', 'is', null), is('expires_at_ms', '>', BigInt(atMs))]));
    const note = database
      .insertInto('credit_code_uses')
      .columns(['code_id', 'organization_id', 'user_id', 'at_ms', 'granted'])
      .expression((from) =>
        from
          .selectFrom('credit_codes')
          .select((row) => [
            'id',
            row.val(organizationId).as('organization_id'),
            row.val(userId).as('user_id'),
            row.cast<bigint>(row.val(BigInt(atMs)), 'bigint').as('at_ms'),
            row.lit(0).as('granted'),
          ])
          .where('hash', '=', hash),
      )
      .onConflict((on) => on.columns(['code_id', 'organization_id']).doNothing());
    const outcome = await this.#engine.writeTogether([
      { query: take.compile(), guarded: true },
      { query: note.compile(), guarded: true },
    ]);
    const code = await this.#find(hash);
    if (code === undefined) return { outcome: 'unknown' };
    const claimed: ClaimedCode = {
      ...{ codeId: code.id, organizationId, amountTicks: code.amountTicks, memo: code.memo },
    };
    if (outcome === 'done') return { outcome: 'done', ...claimed };
    const use = await database
      .selectFrom('credit_code_uses')
      .select('granted')
      .where('code_id', '=', code.id)
      .where('organization_id', '=', organizationId)
      .executeTakeFirst();
    if (use !== undefined)
      return use.granted === 0n ? { outcome: 'claimed-before', ...claimed } : { outcome: 'used-already' };
    const isOver = code.endedAtMs !== null || (code.expiresAtMs !== null && code.expiresAtMs <= atMs);
    return { outcome: isOver ? 'expired' : 'used-up' };
  }

  async noteGranted(codeId: string, organizationId: string): Promise<void> {
    await this.#engine.database
      .updateTable('credit_code_uses')
      .set({ granted: 1 })
      .where('code_id', '=', codeId)
      .where('organization_id', '=', organizationId)
      .execute();
  }

  async usesOf(codeId: string): Promise<readonly CodeUse[]> {
    const rows = await this.#engine.database
      .selectFrom('credit_code_uses')
      .select(['organization_id', 'user_id', 'at_ms', 'granted'])
      .where('code_id', '=', codeId)
      .orderBy('at_ms', 'desc')
      .orderBy('organization_id')
      .limit(MAXIMUM_USES)
      .execute();
    return rows.map((row) => ({
      organizationId: row.organization_id,
      userId: row.user_id,
      atMs: Number(row.at_ms),
      granted: row.granted === 1n,
    }));
  }

  async listUngranted(): Promise<readonly ClaimedCode[]> {
    const rows = await this.#engine.database
      .selectFrom('credit_code_uses as use')
      .innerJoin('credit_codes as code', 'code.id', 'use.code_id')
      .select(['code.id', 'use.organization_id', 'code.amount_ticks', 'code.memo'])
      .where('use.granted', '=', 0n)
      .limit(MAXIMUM_UNGRANTED)
      .execute();
    return rows.map((row) => ({
      codeId: row.id,
      organizationId: row.organization_id,
      amountTicks: row.amount_ticks,
      memo: row.memo,
    }));
  }

  async #find(hash: string): Promise<CodeRow | undefined> {
    const row = await this.#engine.database
      .selectFrom('credit_codes')
      .selectAll()
      .where('hash', '=', hash)
      .executeTakeFirst();
    return row && presentCode(row);
  }
}

function presentCode(row: Selectable<Tables['credit_codes']>): CodeRow {
  return {
    id: row.id,
    hash: row.hash,
    redacted: row.redacted,
    amountTicks: row.amount_ticks,
    mostUses: Number(row.most_uses),
    uses: Number(row.uses),
    memo: row.memo,
    expiresAtMs: row.expires_at_ms === null ? null : Number(row.expires_at_ms),
    endedAtMs: row.ended_at_ms === null ? null : Number(row.ended_at_ms),
    createdAtMs: Number(row.created_at_ms),
    createdBy: row.created_by,
  };
}
