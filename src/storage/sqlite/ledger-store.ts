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
import type { RequestRecord } from '../usage-store.ts';
import type { LedgerBook } from './book/ledger-book.ts';
import type { LedgerLookups } from './book/ledger-lookups.ts';
import type { DurableBook } from './durable-book.ts';

/** Holds that one command ends, so that a start after a crash never keeps others waiting for long. */
const EXPIRED_TOGETHER = 200;

/** The ledger's commands: decided in memory, answered when they are durable, in the tables a moment later. */
export class SqliteLedgerStore implements LedgerStore {
  readonly #book: DurableBook;
  readonly #engine: SqlEngine;
  readonly #audit: (liveProcessId: string | undefined) => Promise<AuditReport>;
  readonly #lookups: LedgerLookups;

  constructor(
    book: DurableBook,
    engine: SqlEngine,
    lookups: LedgerLookups,
    audit: (liveProcessId: string | undefined) => Promise<AuditReport>,
  ) {
    this.#book = book;
    this.#engine = engine;
    this.#audit = audit;
    this.#lookups = lookups;
  }

  openWallet(walletId: string, atMs: number): Promise<void> {
    return this.#book.carryOut((book) => book.openWallet(walletId, atMs));
  }

  async grant(command: GrantCommand): Promise<GrantAnswer> {
    assertGrant(command);
    return this.#book.carryOut((book) => book.grant(command));
  }

  async withdraw(command: GrantCommand): Promise<GrantAnswer> {
    assertGrant(command);
    return this.#book.carryOut((book) => book.withdraw(command));
  }

  async hold(command: HoldCommand): Promise<HoldAnswer> {
    assertHold(command);
    return this.#book.carryOut((book) => book.hold(command));
  }

  async extend(command: ExtendCommand): Promise<HoldAnswer> {
    assertExtend(command);
    return this.#book.carryOut((book) => book.extend(command));
  }

  async checkpoint(command: CheckpointCommand): Promise<void> {
    assertCheckpoint(command);
    return this.#book.carryOut((book) => book.checkpoint(command));
  }

  async post(command: PostCommand): Promise<EndAnswer> {
    assertPost(command);
    return this.#book.carryOut((book) => book.post(command));
  }

  async void(command: VoidCommand): Promise<EndAnswer> {
    assertVoid(command);
    return this.#book.carryOut((book) => book.void(command));
  }

  /** Of a request that never had a hold. */
  record(record: RequestRecord): Promise<void> {
    return this.#book.carryOut((book) => book.record(record));
  }

  async expireHoldsOfOthers(
    liveProcessId: string,
    atMs: number,
  ): Promise<{ expired: number; chargedTicks: Ticks }> {
    let expired = 0;
    let chargedTicks = 0n;
    for (;;) {
      await this.#book.tablesCaughtUp();
      const lost = this.#lookups.lostHolds(liveProcessId, EXPIRED_TOGETHER);
      const ends = await this.#book.carryOut((book) => expireAll(book, lost, atMs));
      for (const end of ends) {
        // Somebody else may be at it too.
        if (end.outcome !== 'done') continue;
        expired += 1;
        chargedTicks += end.chargedTicks;
      }
      if (lost.length < EXPIRED_TOGETHER) return { expired, chargedTicks };
    }
  }

  async balance(walletId: string): Promise<Balance | undefined> {
    return this.#book.read((book) => book.balance(walletId));
  }

  statement(walletId: string, page: PageRequest): Promise<Page<StatementLine>> {
    return readStatement(this.#engine, walletId, page);
  }

  audit(liveProcessId: string | undefined): Promise<AuditReport> {
    return this.#audit(liveProcessId);
  }
}

function expireAll(book: LedgerBook, holdIds: readonly string[], atMs: number): EndAnswer[] {
  return holdIds.map((holdId) => book.expire(holdId, atMs));
}
