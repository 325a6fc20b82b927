import type { Database, SQLQueryBindings, Statement } from 'bun:sqlite';
import type { HoldState } from '../../domain/hold.ts';
import type { LedgerAccount, LedgerEntry } from '../../domain/ledger.ts';
import type { Ticks } from '../../domain/money.ts';
import type { SpendPeriod } from '../../domain/spend-limit.ts';
import type { TokenUsage } from '../../domain/usage.ts';
import { usageDay } from '../usage-rollup.ts';

/** An ended hold has at most this many entries in one transaction (see `settlementEntries`). */
const MAXIMUM_ENTRIES = 8;

export interface WalletRow {
  readonly number: bigint;
  readonly available_ticks: bigint;
  readonly held_ticks: bigint;
}

export interface HoldRow {
  readonly state: HoldState;
  readonly held_ticks: bigint;
  readonly last_step: bigint;
  readonly charged_ticks: bigint;
  readonly released_ticks: bigint;
  readonly uncollected_ticks: bigint;
  readonly wallet_number: bigint;
}

export interface Spender {
  readonly organization_id: string;
  readonly key_id: string;
  readonly at_ms: bigint;
}

/** What an expired hold is recorded from. */
export interface LostHoldRow {
  readonly id: string;
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

/** The hot path's statements, prepared once per connection. The domain decides; these only read and write. */
export class LedgerStatements {
  readonly #insertEntries: Statement<unknown, SQLQueryBindings[]>[];
  readonly #statements: ReturnType<typeof prepareAll>;

  constructor(database: Database) {
    this.#statements = prepareAll(database);
    this.#insertEntries = Array.from({ length: MAXIMUM_ENTRIES + 1 }, (_, count) =>
      database.prepare(insertEntries(Math.max(1, count))),
    );
  }

  openWallet(walletId: string, atMs: number): void {
    this.#statements.openWallet.run(walletId, atMs);
  }

  wallet(walletId: string): WalletRow | undefined {
    return this.#statements.wallet.get(walletId) ?? undefined;
  }

  walletByNumber(walletNumber: bigint): WalletRow {
    const wallet = this.#statements.walletByNumber.get(walletNumber);
    if (wallet === null) throw new RangeError('a hold without a wallet');
    return wallet;
  }

  /** Moves credit from available to held if that much is available, and answers the wallet as it is then. */
  setAside(walletId: string, amountTicks: Ticks): WalletRow | undefined {
    return this.#statements.setAside.get(amountTicks, walletId) ?? undefined;
  }

  /** Adds to (or takes from) both projections. Throws if one would go below zero. */
  moveWallet(walletNumber: bigint, availableTicks: Ticks, heldTicks: Ticks): WalletRow {
    const wallet = this.#statements.moveWallet.get(availableTicks, heldTicks, walletNumber);
    if (wallet === null) throw new RangeError('a balance would go below zero');
    return wallet;
  }

  hasTransaction(id: string): boolean {
    return this.#statements.transaction.get(id) !== null;
  }

  /** What a transaction added to `held:<wallet>`; zero when it set nothing aside. */
  heldByTransaction(id: string): Ticks {
    return this.#statements.heldByTransaction.get(id)?.ticks ?? 0n;
  }

  /** Appends a transaction and its entries. Throws `SQLITE_CONSTRAINT_UNIQUE` when its id was used before. */
  book(
    transaction: {
      readonly id: string;
      readonly command: string;
      readonly walletNumber: bigint;
      readonly requestId: string | null;
      readonly memo: string | null;
      readonly atMs: number;
    },
    entries: readonly LedgerEntry[],
  ): void {
    const { id, command, walletNumber, requestId, memo, atMs } = transaction;
    const made = this.#statements.insertTransaction.run(id, command, walletNumber, requestId, memo, atMs);
    if (entries.length === 0) return;
    const values: SQLQueryBindings[] = [];
    for (const [position, { account, kind, amountTicks }] of entries.entries()) {
      const purpose = accountPurpose(account);
      const ofWallet = purpose === 'wallet' || purpose === 'held';
      values.push(made.lastInsertRowid, position, purpose, ofWallet ? walletNumber : null, kind, amountTicks);
    }
    this.#insertEntries[entries.length]?.run(...values);
  }

  /** True when a request was recorded under this id. */
  hasRequest(requestId: string): boolean {
    return this.#statements.request.get(requestId) !== null;
  }

  insertHold(values: SQLQueryBindings[]): void {
    this.#statements.insertHold.run(...values);
  }

  hold(holdId: string): HoldRow | undefined {
    return this.#statements.hold.get(holdId) ?? undefined;
  }

  extendHold(holdId: string, amountTicks: Ticks, step: number): void {
    this.#statements.extendHold.run(amountTicks, step, holdId);
  }

  /** A checkpoint never goes back: one that was overtaken by a younger one is dropped. */
  checkpoint(holdId: string, usage: TokenUsage, costTicks: Ticks, atMs: number): void {
    this.#statements.checkpoint.run(...usageValues(usage), costTicks, atMs, holdId, costTicks);
  }

  endHold(
    holdId: string,
    state: HoldState,
    chargedTicks: Ticks,
    releasedTicks: Ticks,
    uncollectedTicks: Ticks,
  ): void {
    const { changes } = this.#statements.endHold.run(
      state,
      chargedTicks,
      releasedTicks,
      uncollectedTicks,
      holdId,
    );
    if (changes !== 1) throw new RangeError('a hold was to be ended that is not open');
  }

  /** Whose allowance a hold counts against, and when it was made. */
  spender(holdId: string): Spender | undefined {
    return this.#statements.spender.get(holdId) ?? undefined;
  }

  /** What a key was charged for requests of a period and what its open holds of that period set aside. */
  spent({ organization_id, key_id }: Spender, { fromMs, endMs }: SpendPeriod): Ticks {
    const lastDay = usageDay(endMs - 1);
    const charged = this.#statements.chargedInDays.get(usageDay(fromMs), lastDay, organization_id, key_id);
    const held = this.#statements.heldBetween.get(key_id, fromMs, endMs);
    return (charged?.ticks ?? 0n) + (held?.ticks ?? 0n);
  }

  lostHolds(liveProcessId: string, limit: number): LostHoldRow[] {
    return this.#statements.lostHolds.all(liveProcessId, limit);
  }
}

/** In the order of the columns everywhere. */
export function usageValues(usage: TokenUsage): [number, number, number, number, number, number] {
  return [
    usage.inputTokens,
    usage.cachedInputTokens,
    usage.imageInputTokens,
    usage.audioInputTokens,
    usage.outputTokens,
    usage.reasoningTokens,
  ];
}

function accountPurpose(account: LedgerAccount): string {
  if (account.startsWith('wallet:')) return 'wallet';
  return account.startsWith('held:') ? 'held' : account;
}

function insertEntries(count: number): string {
  const rows = Array.from({ length: count }, () => '(?, ?, ?, ?, ?, ?)').join(', ');
  return `INSERT INTO ledger_entries (transaction_sequence, position, account, wallet_number, kind, amount_ticks)
    VALUES ${rows}`;
}

function prepareAll(database: Database) {
  return {
    openWallet: database.prepare<unknown, [string, number]>(
      'INSERT INTO wallets (id, created_at_ms) VALUES (?, ?) ON CONFLICT (id) DO NOTHING',
    ),
    wallet: database.prepare<WalletRow, [string]>(
      'SELECT number, available_ticks, held_ticks FROM wallets WHERE id = ?',
    ),
    setAside: database.prepare<WalletRow, [bigint, string]>(
      `UPDATE wallets SET available_ticks = available_ticks - ?1, held_ticks = held_ticks + ?1
        WHERE id = ?2 AND available_ticks >= ?1 RETURNING number, available_ticks, held_ticks`,
    ),
    moveWallet: database.prepare<WalletRow, [bigint, bigint, bigint]>(
      `UPDATE wallets SET available_ticks = available_ticks + ?1, held_ticks = held_ticks + ?2
        WHERE number = ?3 AND available_ticks + ?1 >= 0 AND held_ticks + ?2 >= 0
        RETURNING number, available_ticks, held_ticks`,
    ),
    transaction: database.prepare<{ sequence: bigint }, [string]>(
      'SELECT sequence FROM ledger_transactions WHERE id = ?',
    ),
    heldByTransaction: database.prepare<{ ticks: bigint }, [string]>(
      `SELECT e.amount_ticks AS ticks FROM ledger_transactions t
        JOIN ledger_entries e ON e.transaction_sequence = t.sequence AND e.account = 'held'
        WHERE t.id = ?`,
    ),
    insertTransaction: database.prepare<
      unknown,
      [string, string, bigint, string | null, string | null, number]
    >(
      `INSERT INTO ledger_transactions (id, command, wallet_number, request_id, memo, at_ms)
        VALUES (?, ?, ?, ?, ?, ?)`,
    ),
    request: database.prepare<{ sequence: bigint }, [string]>('SELECT sequence FROM requests WHERE id = ?'),
    insertHold: database.prepare<unknown, SQLQueryBindings[]>(
      `INSERT INTO holds (id, wallet_number, process_id, organization_id, user_id, key_id, model, channel,
          upstream_model, streamed, simulated, at_ms, checkpoint_at_ms, held_ticks, state)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?12, ?13, 'held')`,
    ),
    // Two single-row look-ups cost a fourth of one with a join.
    hold: database.prepare<HoldRow, [string]>(
      `SELECT state, held_ticks, last_step, charged_ticks, released_ticks, uncollected_ticks, wallet_number
        FROM holds WHERE id = ?`,
    ),
    walletByNumber: database.prepare<WalletRow, [bigint]>(
      'SELECT number, available_ticks, held_ticks FROM wallets WHERE number = ?',
    ),
    extendHold: database.prepare<unknown, [bigint, number, string]>(
      `UPDATE holds SET held_ticks = held_ticks + ?1, last_step = max(last_step, ?2) WHERE id = ?3 AND state = 'held'`,
    ),
    checkpoint: database.prepare<unknown, [...number[], bigint, number, string, bigint]>(
      `UPDATE holds SET input_tokens = ?, cached_input_tokens = ?, image_input_tokens = ?, audio_input_tokens = ?,
          output_tokens = ?, reasoning_tokens = ?, checkpoint_cost_ticks = ?, checkpoint_at_ms = ?
        WHERE id = ? AND state = 'held' AND checkpoint_cost_ticks <= ?`,
    ),
    endHold: database.prepare<unknown, [string, bigint, bigint, bigint, string]>(
      `UPDATE holds SET state = ?, charged_ticks = ?, released_ticks = ?, uncollected_ticks = ?
        WHERE id = ? AND state = 'held'`,
    ),
    spender: database.prepare<Spender, [string]>(
      'SELECT organization_id, key_id, at_ms FROM holds WHERE id = ?',
    ),
    // Day by day: the table's key has the day before the key's id.
    chargedInDays: database.prepare<{ ticks: bigint }, [string, string, string, string]>(
      `WITH RECURSIVE days (day) AS (
          SELECT ?1 UNION ALL SELECT date(day, '+1 day') FROM days WHERE day < ?2
        )
        SELECT coalesce(sum(u.cost_ticks), 0) AS ticks FROM days
        CROSS JOIN usage_daily u ON u.organization_id = ?3 AND u.day = days.day AND u.key_id = ?4`,
    ),
    heldBetween: database.prepare<{ ticks: bigint }, [string, number, number]>(
      `SELECT coalesce(sum(held_ticks), 0) AS ticks FROM holds
        WHERE state = 'held' AND key_id = ? AND at_ms >= ? AND at_ms < ?`,
    ),
    lostHolds: database.prepare<LostHoldRow, [string, number]>(
      `SELECT id, organization_id, user_id, key_id, model, channel, upstream_model, streamed, simulated, at_ms,
          input_tokens, cached_input_tokens, image_input_tokens, audio_input_tokens, output_tokens, reasoning_tokens,
          checkpoint_cost_ticks, checkpoint_at_ms
        FROM holds WHERE state = 'held' AND process_id <> ? LIMIT ?`,
    ),
  };
}
