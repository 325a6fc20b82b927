import type { HoldState } from '../../../domain/hold.ts';
import type { Ticks } from '../../../domain/money.ts';
import type { SpendPeriod } from '../../../domain/spend-limit.ts';
import type { InterruptedHold } from '../../interrupted-record.ts';
import type { Balance } from '../../ledger-store.ts';
import { usageDay } from '../../usage-rollup.ts';
import type { LookupConnection } from '../lookup-connection.ts';

/** A hold as its row has it. */
export interface StoredHold {
  readonly walletId: string;
  readonly state: HoldState;
  readonly heldTicks: Ticks;
  readonly checkpointCostTicks: Ticks;
  readonly chargedTicks: Ticks;
  readonly releasedTicks: Ticks;
  readonly uncollectedTicks: Ticks;
  /** Its last checkpoint among it. */
  readonly interrupted: InterruptedHold;
}

/** What the book looks up in the tables when it does not know it: single rows by their keys. */
export class LedgerLookups {
  readonly #lookups: LookupConnection;

  constructor(lookups: LookupConnection) {
    this.#lookups = lookups;
  }

  wallet(walletId: string): Balance | undefined {
    const [row] = this.#lookups.all<{ available_ticks: bigint; held_ticks: bigint }>(
      'SELECT available_ticks, held_ticks FROM wallets WHERE id = ?',
      [walletId],
    );
    return row && { availableTicks: row.available_ticks, heldTicks: row.held_ticks };
  }

  hold(holdId: string): StoredHold | undefined {
    const [row] = this.#lookups.all<HoldRow>(HOLD, [holdId]);
    return row && storedHold(row);
  }

  /** What one step of a request set aside; zero when there was none. */
  setAside(holdId: string, step: number): Ticks | undefined {
    const [row] = this.#lookups.all<{ held_ticks: bigint }>(
      'SELECT held_ticks FROM ledger_transactions WHERE request_id = ? AND step = ?',
      [holdId, step],
    );
    return row?.held_ticks;
  }

  /** Empty without any request. */
  greatestRequestId(): string {
    const [row] = this.#lookups.all<{ id: string }>(
      `SELECT max(coalesce((SELECT max(id) FROM requests), ''), coalesce((SELECT max(id) FROM holds), '')) AS id`,
      [],
    );
    return row?.id ?? '';
  }

  hasRequest(requestId: string): boolean {
    return this.#lookups.all('SELECT 1 FROM requests WHERE id = ?', [requestId]).length > 0;
  }

  hasGrant(transactionId: string): boolean {
    return (
      this.#lookups.all('SELECT 1 FROM ledger_transactions WHERE grant_id = ?', [transactionId]).length > 0
    );
  }

  /** Holds that are open and belong to another process. */
  lostHolds(liveProcessId: string, limit: number): string[] {
    return this.#lookups
      .all<{ id: string }>(`SELECT id FROM holds WHERE state = 'held' AND process_id <> ? LIMIT ?`, [
        liveProcessId,
        limit,
      ])
      .map(({ id }) => id);
  }

  /**
   * What a key was charged for requests of a period and what its open holds of that period set aside, as the tables
   * have it, and up to which effect that is.
   */
  spent(
    organizationId: string,
    keyId: string,
    { fromMs, endMs }: SpendPeriod,
  ): { ticks: Ticks; effects: number } {
    const [row] = this.#lookups.all<{ charged: bigint; held: bigint; effects: bigint }>(SPENT, [
      organizationId,
      keyId,
      usageDay(fromMs),
      usageDay(endMs - 1),
      fromMs,
      endMs,
    ]);
    if (row === undefined) throw new RangeError('the database has no journal position');
    return { ticks: row.charged + row.held, effects: Number(row.effects) };
  }
}

/** One statement, so that all of it is of one moment. Day by day: the table's key has the day before the key's id. */
const SPENT = `
  WITH RECURSIVE days (day) AS (
    SELECT ?3 UNION ALL SELECT date(day, '+1 day') FROM days WHERE day < ?4
  )
  SELECT
    (SELECT coalesce(sum(u.cost_ticks), 0) FROM days
      CROSS JOIN usage_daily u ON u.organization_id = ?1 AND u.day = days.day AND u.key_id = ?2) AS charged,
    (SELECT coalesce(sum(held_ticks), 0) FROM holds
      WHERE state = 'held' AND key_id = ?2 AND at_ms >= ?5 AND at_ms < ?6) AS held,
    (SELECT effects FROM journal_position) AS effects`;

interface HoldRow {
  readonly id: string;
  readonly wallet_id: string;
  readonly state: HoldState;
  readonly held_ticks: bigint;
  readonly charged_ticks: bigint;
  readonly released_ticks: bigint;
  readonly uncollected_ticks: bigint;
  readonly organization_id: string;
  readonly user_id: string;
  readonly key_id: string;
  readonly model: string;
  readonly channel: string;
  readonly upstream_model: string;
  readonly streamed: bigint;
  readonly simulated: bigint;
  readonly at_ms: bigint;
  readonly input_tokens: bigint;
  readonly cached_input_tokens: bigint;
  readonly image_input_tokens: bigint;
  readonly audio_input_tokens: bigint;
  readonly output_tokens: bigint;
  readonly reasoning_tokens: bigint;
  readonly checkpoint_cost_ticks: bigint;
  readonly checkpoint_at_ms: bigint;
}

const HOLD = `
  SELECT h.*, (SELECT w.id FROM wallets w WHERE w.number = h.wallet_number) AS wallet_id
  FROM holds h WHERE h.id = ?`;

function storedHold(row: HoldRow): StoredHold {
  return {
    walletId: row.wallet_id,
    state: row.state,
    heldTicks: row.held_ticks,
    checkpointCostTicks: row.checkpoint_cost_ticks,
    chargedTicks: row.charged_ticks,
    releasedTicks: row.released_ticks,
    uncollectedTicks: row.uncollected_ticks,
    interrupted: {
      holdId: row.id,
      origin: {
        organizationId: row.organization_id,
        userId: row.user_id,
        keyId: row.key_id,
        model: row.model,
        channel: row.channel,
        upstreamModel: row.upstream_model,
        streamed: row.streamed === 1n,
        simulated: row.simulated === 1n,
      },
      atMs: Number(row.at_ms),
      checkpointAtMs: Number(row.checkpoint_at_ms),
      usage: {
        inputTokens: Number(row.input_tokens),
        cachedInputTokens: Number(row.cached_input_tokens),
        imageInputTokens: Number(row.image_input_tokens),
        audioInputTokens: Number(row.audio_input_tokens),
        outputTokens: Number(row.output_tokens),
        reasoningTokens: Number(row.reasoning_tokens),
      },
    },
  };
}
