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
import type { LedgerWriter } from './ledger-writer.ts';
import type { LookupConnection } from './lookup-connection.ts';

/** Holds that one command ends, so that a start after a crash never keeps the writer busy for long. */
const EXPIRED_TOGETHER = 200;

/** Carries a command to the writer; typed after the class that carries it out there. */
export type CallWriter = <Name extends keyof LedgerWriter>(
  name: Name,
  argument: Parameters<LedgerWriter[Name]>[0],
) => Promise<ReturnType<LedgerWriter[Name]>>;

export class SqliteLedgerStore implements LedgerStore {
  readonly #write: CallWriter;
  readonly #engine: SqlEngine;
  readonly #audit: (liveProcessId: string | undefined) => Promise<AuditReport>;
  readonly #lookups: LookupConnection;

  constructor(
    write: CallWriter,
    engine: SqlEngine,
    lookups: LookupConnection,
    audit: (liveProcessId: string | undefined) => Promise<AuditReport>,
  ) {
    this.#write = write;
    this.#engine = engine;
    this.#audit = audit;
    this.#lookups = lookups;
  }

  async openWallet(walletId: string, atMs: number): Promise<void> {
    await this.#write('openWallet', { walletId, atMs });
  }

  async grant(command: GrantCommand): Promise<GrantAnswer> {
    assertGrant(command);
    return this.#write('grant', command);
  }

  async withdraw(command: GrantCommand): Promise<GrantAnswer> {
    assertGrant(command);
    return this.#write('withdraw', command);
  }

  async hold(command: HoldCommand): Promise<HoldAnswer> {
    assertHold(command);
    return this.#write('hold', command);
  }

  async extend(command: ExtendCommand): Promise<HoldAnswer> {
    assertExtend(command);
    return this.#write('extend', command);
  }

  async checkpoint(command: CheckpointCommand): Promise<void> {
    assertCheckpoint(command);
    return this.#write('checkpoint', command);
  }

  async post(command: PostCommand): Promise<EndAnswer> {
    assertPost(command);
    return this.#write('post', command);
  }

  async void(command: VoidCommand): Promise<EndAnswer> {
    assertVoid(command);
    return this.#write('void', command);
  }

  async expireHoldsOfOthers(
    liveProcessId: string,
    atMs: number,
  ): Promise<{ expired: number; chargedTicks: Ticks }> {
    let expired = 0;
    let chargedTicks = 0n;
    for (;;) {
      const some = await this.#write('expireSome', { liveProcessId, atMs, limit: EXPIRED_TOGETHER });
      expired += some.expired;
      chargedTicks += some.chargedTicks;
      if (some.expired < EXPIRED_TOGETHER) return { expired, chargedTicks };
    }
  }

  async balance(walletId: string): Promise<Balance | undefined> {
    const [row] = this.#lookups.all<{ available_ticks: bigint; held_ticks: bigint }>(
      'SELECT available_ticks, held_ticks FROM wallets WHERE id = ?',
      [walletId],
    );
    return row && { availableTicks: row.available_ticks, heldTicks: row.held_ticks };
  }

  statement(walletId: string, page: PageRequest): Promise<Page<StatementLine>> {
    return readStatement(this.#engine, walletId, page);
  }

  audit(liveProcessId: string | undefined): Promise<AuditReport> {
    return this.#audit(liveProcessId);
  }
}
