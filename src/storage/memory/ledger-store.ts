import { stepHold } from '../../domain/hold.ts';
import {
  grantEntries,
  holdEntries,
  type LedgerEntry,
  type Settlement,
  settle,
  settlementEntries,
  withdrawalEntries,
} from '../../domain/ledger.ts';
import { MAXIMUM_TICKS, type Ticks } from '../../domain/money.ts';
import { type SpendLimits, type SpendPeriod, spendAllowance } from '../../domain/spend-limit.ts';
import { NO_USAGE } from '../../domain/usage.ts';
import { interruptedRecord } from '../interrupted-record.ts';
import {
  assertCheckpoint,
  assertExtend,
  assertGrant,
  assertHold,
  assertPost,
  assertVoid,
  endTransactionId,
  extendTransactionId,
  holdTransactionId,
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
  RequestOrigin,
  StatementLine,
  VoidCommand,
} from '../ledger-store.ts';
import { makePage, type Page, type PageRequest, readPage } from '../page.ts';
import { takeableTicks, withinAllowance } from '../set-aside.ts';
import { StorageConflict } from '../storage-error.ts';
import { usageDay } from '../usage-rollup.ts';
import type { RequestRecord } from '../usage-store.ts';
import { auditState, type PricesOf } from './audit.ts';
import type { LedgerCommandName, MemoryHold, MemoryState, MemoryTransaction } from './memory-state.ts';
import { recordRequest } from './usage-store.ts';

const TAKEN = 'the id belongs to another request';
const NO_BALANCE: Balance = { availableTicks: 0n, heldTicks: 0n };

/** Every command runs to its end before its promise exists, so commands can never interleave. */
export class MemoryLedgerStore implements LedgerStore {
  readonly #state: MemoryState;
  readonly #pricesOf: PricesOf;

  constructor(state: MemoryState, pricesOf: PricesOf = () => []) {
    this.#state = state;
    this.#pricesOf = pricesOf;
  }

  async openWallet(walletId: string): Promise<void> {
    if (this.#state.wallets.has(walletId)) return;
    this.#state.wallets.set(walletId, { availableTicks: 0n, heldTicks: 0n });
  }

  async grant(command: GrantCommand): Promise<GrantAnswer> {
    assertGrant(command);
    const { transactionId, walletId, amountTicks } = command;
    const wallet = this.#state.wallets.get(walletId);
    if (wallet === undefined) return { outcome: 'refused', reason: 'no-wallet', balance: NO_BALANCE };
    if (this.#state.transactions.has(transactionId))
      return { outcome: 'exists', balance: this.#balance(walletId) };
    if (wallet.availableTicks + wallet.heldTicks + amountTicks > MAXIMUM_TICKS) {
      return { outcome: 'refused', reason: 'too-much', balance: this.#balance(walletId) };
    }
    this.#book('grant', transactionId, command, null, grantEntries(walletId, amountTicks));
    return { outcome: 'done', balance: this.#balance(walletId) };
  }

  async withdraw(command: GrantCommand): Promise<GrantAnswer> {
    assertGrant(command);
    const { transactionId, walletId, amountTicks } = command;
    const wallet = this.#state.wallets.get(walletId);
    if (wallet === undefined) return { outcome: 'refused', reason: 'no-wallet', balance: NO_BALANCE };
    if (this.#state.transactions.has(transactionId))
      return { outcome: 'exists', balance: this.#balance(walletId) };
    if (wallet.availableTicks < amountTicks) {
      return { outcome: 'refused', reason: 'not-enough', balance: this.#balance(walletId) };
    }
    this.#book('withdraw', transactionId, command, null, withdrawalEntries(walletId, amountTicks));
    return { outcome: 'done', balance: this.#balance(walletId) };
  }

  async hold(command: HoldCommand): Promise<HoldAnswer> {
    assertHold(command);
    const { holdId, walletId, processId, origin, atMs } = command;
    const existing = this.#state.holds.get(holdId);
    if (this.#state.requests.has(holdId) && existing === undefined)
      throw new StorageConflict('unique', TAKEN);
    if (existing !== undefined) {
      if (existing.walletId !== walletId) throw new StorageConflict('unique', TAKEN);
      return this.#repeated(walletId, holdTransactionId(holdId));
    }
    const wallet = this.#state.wallets.get(walletId);
    if (wallet === undefined) return { outcome: 'refused', reason: 'no-wallet', balance: NO_BALANCE };
    const allowance = this.#allowance(command.spendLimits, command);
    const asked = withinAllowance(command, allowance);
    if (asked === undefined) return this.#beyondAllowance(allowance?.period, walletId);
    const heldTicks = takeableTicks(wallet.availableTicks, asked);
    if (heldTicks === undefined)
      return { outcome: 'refused', reason: 'not-enough', balance: this.#balance(walletId) };

    this.#state.holds.set(holdId, {
      holdId,
      walletId,
      processId,
      origin,
      atMs,
      state: 'held',
      heldTicks,
      usage: NO_USAGE,
      costTicks: 0n,
      checkpointAtMs: atMs,
      chargedTicks: 0n,
      releasedTicks: 0n,
      uncollectedTicks: 0n,
    });
    this.#book('hold', holdTransactionId(holdId), command, holdId, setAside(walletId, heldTicks));
    return { outcome: 'done', heldTicks, balance: this.#balance(walletId) };
  }

  async extend(command: ExtendCommand): Promise<HoldAnswer> {
    assertExtend(command);
    const { holdId, step } = command;
    const hold = this.#state.holds.get(holdId);
    if (hold === undefined) return { outcome: 'refused', reason: 'not-held', balance: NO_BALANCE };
    const { walletId } = hold;
    const transactionId = extendTransactionId(holdId, step);
    if (this.#state.transactions.has(transactionId)) return this.#repeated(walletId, transactionId);
    if (stepHold(hold.state, 'extend').outcome !== 'done') {
      return { outcome: 'refused', reason: 'not-held', balance: this.#balance(walletId) };
    }
    note(hold, command);
    const allowance = this.#allowance(command.spendLimits, hold);
    const asked = withinAllowance(command, allowance);
    if (asked === undefined) return this.#beyondAllowance(allowance?.period, walletId);
    const heldTicks = takeableTicks(this.#wallet(walletId).availableTicks, asked);
    if (heldTicks === undefined)
      return { outcome: 'refused', reason: 'not-enough', balance: this.#balance(walletId) };

    hold.heldTicks += heldTicks;
    this.#book(
      'extend',
      transactionId,
      { walletId, atMs: command.atMs },
      holdId,
      setAside(walletId, heldTicks),
    );
    return { outcome: 'done', heldTicks, balance: this.#balance(walletId) };
  }

  async checkpoint(command: CheckpointCommand): Promise<void> {
    assertCheckpoint(command);
    const hold = this.#state.holds.get(command.holdId);
    if (hold?.state === 'held') note(hold, command);
  }

  async post(command: PostCommand): Promise<EndAnswer> {
    assertPost(command);
    return this.#end('post', command.holdId, command.costTicks, command.atMs, (settlement) => ({
      ...command.record,
      costTicks: settlement.chargedTicks,
      uncollectedTicks: settlement.uncollectedTicks,
    }));
  }

  async void(command: VoidCommand): Promise<EndAnswer> {
    assertVoid(command);
    const record = { ...command.record, costTicks: 0n, uncollectedTicks: 0n };
    return this.#end('void', command.holdId, 0n, command.atMs, () => record);
  }

  async expireHoldsOfOthers(
    liveProcessId: string,
    atMs: number,
  ): Promise<{ expired: number; chargedTicks: Ticks }> {
    let expired = 0;
    let chargedTicks = 0n;
    for (const hold of this.#state.holds.values()) {
      if (hold.state !== 'held' || hold.processId === liveProcessId) continue;
      const answer = this.#end('expire', hold.holdId, hold.costTicks, atMs, (s) =>
        interruptedRecord(hold, s),
      );
      expired += 1;
      if (answer.outcome === 'done') chargedTicks += answer.chargedTicks;
    }
    return { expired, chargedTicks };
  }

  async balance(walletId: string): Promise<Balance | undefined> {
    return this.#state.wallets.has(walletId) ? this.#balance(walletId) : undefined;
  }

  async statement(walletId: string, page: PageRequest): Promise<Page<StatementLine>> {
    const { limit, below } = readPage(page);
    const own = [`wallet:${walletId}`, `held:${walletId}`];
    const lines = [...this.#state.transactions.values()]
      .flatMap((transaction) => transaction.entries.map((entry) => this.#line(transaction, entry)))
      .filter((line) => own.includes(line.account) && (below === undefined || line.sequence < below))
      .reverse();
    return makePage(
      lines,
      limit,
      (line) => line.sequence,
      (line) => line,
    );
  }

  async audit(liveProcessId: string | undefined): Promise<AuditReport> {
    return auditState(this.#state, liveProcessId, this.#pricesOf);
  }

  #end(
    command: 'post' | 'void' | 'expire',
    holdId: string,
    costTicks: Ticks,
    atMs: number,
    recordOf: (settlement: Settlement) => RequestRecord,
  ): EndAnswer {
    const hold = this.#state.holds.get(holdId);
    if (hold === undefined) return { outcome: 'refused', reason: 'no-hold' };
    const { walletId } = hold;
    const step = stepHold(hold.state, command);
    if (step.outcome === 'refused') return { outcome: 'refused', reason: hold.state };
    if (step.outcome === 'done') {
      const settlement = settle(hold.heldTicks, costTicks, this.#wallet(walletId).availableTicks);
      const entries = settlementEntries(walletId, hold.heldTicks, settlement);
      this.#book(command, endTransactionId(holdId), { walletId, atMs }, holdId, entries);
      hold.state = step.state;
      hold.chargedTicks = settlement.chargedTicks;
      hold.releasedTicks = settlement.releasedTicks;
      hold.uncollectedTicks = settlement.uncollectedTicks;
      recordRequest(this.#state, recordOf(settlement));
    }
    const { chargedTicks, releasedTicks, uncollectedTicks } = hold;
    return {
      outcome: step.outcome,
      chargedTicks,
      releasedTicks,
      uncollectedTicks,
      balance: this.#balance(walletId),
    };
  }

  /** Appends a transaction and moves the projections of the wallet by its entries. */
  #book(
    command: LedgerCommandName,
    id: string,
    { walletId, memo, atMs }: { walletId: string; memo?: string; atMs: number },
    requestId: string | null,
    entries: readonly LedgerEntry[],
  ): void {
    const numbered = entries.map((entry) => ({ ...entry, sequence: this.#state.nextSequence() }));
    this.#state.transactions.set(id, {
      id,
      command,
      walletId,
      requestId,
      memo: memo ?? null,
      atMs,
      entries: numbered,
    });
    const wallet = this.#wallet(walletId);
    for (const { account, amountTicks } of entries) {
      if (account === `wallet:${walletId}`) wallet.availableTicks += amountTicks;
      if (account === `held:${walletId}`) wallet.heldTicks += amountTicks;
    }
    if (wallet.availableTicks < 0n || wallet.heldTicks < 0n)
      throw new RangeError('a balance went below zero');
  }

  /** The answer to a hold or extension that was carried out before, with the amount recorded then. */
  #repeated(walletId: string, transactionId: string): HoldAnswer {
    const entries = this.#state.transactions.get(transactionId)?.entries ?? [];
    const heldTicks = entries.find((entry) => entry.account === `held:${walletId}`)?.amountTicks ?? 0n;
    return { outcome: 'exists', heldTicks, balance: this.#balance(walletId) };
  }

  #allowance(limits: SpendLimits | undefined, { origin, atMs }: Pick<MemoryHold, 'origin' | 'atMs'>) {
    return limits && spendAllowance(limits, atMs, (period) => this.#spent(origin, period));
  }

  /** What a key was charged for requests of a period and what its open holds of that period set aside. */
  #spent({ organizationId, keyId }: RequestOrigin, { fromMs, endMs }: SpendPeriod): Ticks {
    const [firstDay, lastDay] = [usageDay(fromMs), usageDay(endMs - 1)];
    let spentTicks = 0n;
    for (const day of this.#state.daily.values()) {
      if (day.organizationId !== organizationId || day.keyId !== keyId) continue;
      if (day.day >= firstDay && day.day <= lastDay) spentTicks += day.costTicks;
    }
    for (const hold of this.#state.holds.values()) {
      if (hold.state !== 'held' || hold.origin.keyId !== keyId) continue;
      if (hold.atMs >= fromMs && hold.atMs < endMs) spentTicks += hold.heldTicks;
    }
    return spentTicks;
  }

  #beyondAllowance(period: SpendPeriod | undefined, walletId: string): HoldAnswer {
    if (period === undefined) throw new RangeError('beyond an allowance that does not exist');
    return { outcome: 'refused', reason: 'spend-limit', period, balance: this.#balance(walletId) };
  }

  #wallet(walletId: string) {
    const wallet = this.#state.wallets.get(walletId);
    if (wallet === undefined) throw new RangeError('a hold without a wallet');
    return wallet;
  }

  #balance(walletId: string): Balance {
    return { ...this.#wallet(walletId) };
  }

  #line(transaction: MemoryTransaction, entry: MemoryTransaction['entries'][number]): StatementLine {
    const { requestId } = transaction;
    return {
      sequence: entry.sequence,
      transactionId: transaction.id,
      atMs: transaction.atMs,
      kind: entry.kind,
      account: entry.account,
      amountTicks: entry.amountTicks,
      requestId,
      model: requestId === null ? null : (this.#state.holds.get(requestId)?.origin.model ?? null),
      memo: transaction.memo,
    };
  }
}

/** A request of a free model sets nothing aside: its hold is a transaction without entries. */
function setAside(walletId: string, heldTicks: Ticks): LedgerEntry[] {
  return heldTicks === 0n ? [] : holdEntries(walletId, heldTicks);
}

/** A checkpoint never goes back: one that was overtaken by a younger one is dropped. */
function note(
  hold: MemoryHold,
  { usage, costTicks, atMs }: Pick<CheckpointCommand, 'usage' | 'costTicks' | 'atMs'>,
): void {
  if (costTicks < hold.costTicks) return;
  hold.usage = usage;
  hold.costTicks = costTicks;
  hold.checkpointAtMs = atMs;
}
