import type { Ticks } from '../../domain/money.ts';
import {
  assertCheckpoint,
  assertExtend,
  assertGrant,
  assertHold,
  assertPost,
  assertVoid,
} from '../ledger-command.ts';
import type {
  AuditReport,
  Balance,
  CheckpointCommand,
  EndAnswer,
  ExtendCommand,
  GrantAnswer,
  GrantCommand,
  HoldAnswer,
  HoldCommand,
  LedgerStore,
  PostCommand,
  StatementLine,
  VoidCommand,
} from '../ledger-store.ts';
import type { Page, PageRequest } from '../page.ts';
import { readStatement } from '../sql/read-statement.ts';
import type { SqlEngine } from '../sql/sql-engine.ts';
import { tellOfCredit } from './change-feed.ts';
import type { Database } from './database.ts';
import type { LedgerCommand } from './ledger-needs.ts';
import type { LedgerQueue } from './ledger-queue.ts';
import type { ProcessRegistry } from './process-registry.ts';

/** Holds that one command ends, so that a start after a crash never keeps the ledger busy for long. */
const EXPIRED_TOGETHER = 200;

export interface LedgerParts {
  readonly queue: LedgerQueue<LedgerCommand>;
  readonly database: Database;
  readonly engine: SqlEngine;
  readonly registry: ProcessRegistry;
  readonly audit: (liveProcessId: string | undefined) => Promise<AuditReport>;
}

export class PostgresLedgerStore implements LedgerStore {
  readonly #parts: LedgerParts;

  constructor(parts: LedgerParts) {
    this.#parts = parts;
  }

  async openWallet(walletId: string, atMs: number): Promise<void> {
    await this.#parts.database.run(
      'INSERT INTO wallets (id, created_at_ms) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING',
      [walletId, atMs],
    );
  }

  async grant(command: GrantCommand): Promise<GrantAnswer> {
    assertGrant(command);
    const answer = (await this.#parts.queue.call({ name: 'grant', command })) as GrantAnswer;
    if (answer.outcome === 'done') await tellOfCredit(this.#parts.database, command.walletId);
    return answer;
  }

  async withdraw(command: GrantCommand): Promise<GrantAnswer> {
    assertGrant(command);
    return (await this.#parts.queue.call({ name: 'withdraw', command })) as GrantAnswer;
  }

  async hold(command: HoldCommand): Promise<HoldAnswer> {
    assertHold(command);
    return (await this.#parts.queue.call({ name: 'hold', command })) as HoldAnswer;
  }

  async extend(command: ExtendCommand): Promise<HoldAnswer> {
    assertExtend(command);
    return (await this.#parts.queue.call({ name: 'extend', command })) as HoldAnswer;
  }

  async checkpoint(command: CheckpointCommand): Promise<void> {
    assertCheckpoint(command);
    await this.#parts.queue.call({ name: 'checkpoint', command });
  }

  async post(command: PostCommand): Promise<EndAnswer> {
    assertPost(command);
    return (await this.#parts.queue.call({ name: 'post', command })) as EndAnswer;
  }

  async void(command: VoidCommand): Promise<EndAnswer> {
    assertVoid(command);
    return (await this.#parts.queue.call({ name: 'void', command })) as EndAnswer;
  }

  /** Beside the named one, every process that gives signs of life keeps its holds. */
  async expireHoldsOfOthers(
    liveProcessId: string,
    atMs: number,
  ): Promise<{ expired: number; chargedTicks: Ticks }> {
    let expired = 0;
    let chargedTicks = 0n;
    for (;;) {
      const holdIds = await this.#parts.registry.lostHolds(liveProcessId, EXPIRED_TOGETHER);
      if (holdIds.length === 0) return { expired, chargedTicks };
      const command = { holdIds, liveProcessId, atMs };
      const some = (await this.#parts.queue.call({ name: 'expire', command })) as Expired;
      expired += some.expired;
      chargedTicks += some.chargedTicks;
    }
  }

  async balance(walletId: string): Promise<Balance | undefined> {
    const { rows } = await this.#parts.database.read(
      'SELECT available_ticks, held_ticks FROM wallets WHERE id = $1',
      [walletId],
    );
    const [row] = rows;
    return row && { availableTicks: row.available_ticks as bigint, heldTicks: row.held_ticks as bigint };
  }

  statement(walletId: string, page: PageRequest): Promise<Page<StatementLine>> {
    return readStatement(this.#parts.engine, walletId, page);
  }

  audit(liveProcessId: string | undefined): Promise<AuditReport> {
    return this.#parts.audit(liveProcessId);
  }
}

type Expired = Awaited<ReturnType<LedgerStore['expireHoldsOfOthers']>>;
