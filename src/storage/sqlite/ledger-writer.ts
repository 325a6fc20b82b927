import type { Database } from 'bun:sqlite';
import { stepHold } from '../../domain/hold.ts';
import {
  foldEntries,
  grantEntries,
  holdEntries,
  type LedgerEntry,
  type Settlement,
  settle,
  settlementEntries,
  withdrawalEntries,
} from '../../domain/ledger.ts';
import { MAXIMUM_TICKS, type Ticks } from '../../domain/money.ts';
import { type SpendAllowance, type SpendLimits, spendAllowance } from '../../domain/spend-limit.ts';
import { type InterruptedHold, interruptedRecord } from '../interrupted-record.ts';
import { endTransactionId, extendTransactionId, holdTransactionId } from '../ledger-command.ts';
import type {
  Balance,
  CheckpointCommand,
  EndAnswer,
  ExtendCommand,
  GrantAnswer,
  GrantCommand,
  HoldAnswer,
  HoldCommand,
  PostCommand,
  VoidCommand,
} from '../ledger-store.ts';
import { takeableTicks, withinAllowance } from '../set-aside.ts';
import { StorageConflict } from '../storage-error.ts';
import type { RequestRecord } from '../usage-store.ts';
import {
  type HoldRow,
  LedgerStatements,
  type LostHoldRow,
  type Spender,
  type WalletRow,
} from './ledger-statements.ts';
import { RequestWriter } from './request-writer.ts';

const TAKEN = 'the id belongs to another request';
const NO_BALANCE: Balance = { availableTicks: 0n, heldTicks: 0n };

/** Stands for the wallet while entries are made: the tables refer to wallets by number. */
const OWN_WALLET = '';

/**
 * The ledger's commands, as the one writer carries them out within the transaction it has opened. A command that
 * refuses has written nothing (but the checkpoint of an extension), and a command that throws is rolled back.
 */
export class LedgerWriter {
  readonly #statements: LedgerStatements;
  readonly #requests: RequestWriter;

  constructor(database: Database) {
    this.#statements = new LedgerStatements(database);
    this.#requests = new RequestWriter(database);
  }

  openWallet({ walletId, atMs }: { walletId: string; atMs: number }): void {
    this.#statements.openWallet(walletId, atMs);
  }

  grant(command: GrantCommand): GrantAnswer {
    return this.#transferCredit('grant', command, grantEntries(OWN_WALLET, command.amountTicks));
  }

  withdraw(command: GrantCommand): GrantAnswer {
    return this.#transferCredit('withdraw', command, withdrawalEntries(OWN_WALLET, command.amountTicks));
  }

  hold(command: HoldCommand): HoldAnswer {
    const { holdId, walletId, origin, atMs } = command;
    const existing = this.#statements.hold(holdId);
    if (existing !== undefined) return this.#repeatedHold(command, existing);
    if (this.#statements.hasRequest(holdId)) throw new StorageConflict('unique', TAKEN);
    const allowance = this.#allowance(command.spendLimits, () => ({
      organization_id: origin.organizationId,
      key_id: origin.keyId,
      at_ms: BigInt(atMs),
    }));
    const asked = withinAllowance(command, allowance);
    if (asked === undefined) return beyondAllowance(allowance, this.#statements.wallet(walletId));
    let heldTicks: Ticks | undefined = asked.amountTicks;
    let wallet = this.#statements.setAside(walletId, heldTicks);
    if (wallet === undefined) {
      const poor = this.#statements.wallet(walletId);
      if (poor === undefined) return { outcome: 'refused', reason: 'no-wallet', balance: NO_BALANCE };
      heldTicks = takeableTicks(poor.available_ticks, asked);
      if (heldTicks === undefined)
        return { outcome: 'refused', reason: 'not-enough', balance: balanceOf(poor) };
      wallet = this.#statements.moveWallet(poor.number, -heldTicks, heldTicks);
    }
    const walletNumber = wallet.number;
    const id = holdTransactionId(holdId);
    const transaction = { id, command: 'hold', walletNumber, requestId: holdId, memo: null, atMs };
    this.#statements.book(transaction, setAsideEntries(heldTicks));
    this.#statements.insertHold([
      holdId,
      walletNumber,
      command.processId,
      origin.organizationId,
      origin.userId,
      origin.keyId,
      origin.model,
      origin.channel,
      origin.upstreamModel,
      origin.streamed,
      origin.simulated,
      atMs,
      heldTicks,
    ]);
    return { outcome: 'done', heldTicks, balance: balanceOf(wallet) };
  }

  extend(command: ExtendCommand): HoldAnswer {
    const { holdId, step, usage, costTicks, atMs } = command;
    const hold = this.#statements.hold(holdId);
    if (hold === undefined) return { outcome: 'refused', reason: 'not-held', balance: NO_BALANCE };
    const walletNumber = hold.wallet_number;
    const before = this.#statements.walletByNumber(walletNumber);
    const balance = balanceOf(before);
    const id = extendTransactionId(holdId, step);
    if (step <= hold.last_step && this.#statements.hasTransaction(id)) {
      return { outcome: 'exists', heldTicks: this.#statements.heldByTransaction(id), balance };
    }
    if (stepHold(hold.state, 'extend').outcome !== 'done')
      return { outcome: 'refused', reason: 'not-held', balance };

    this.#statements.checkpoint(holdId, usage, costTicks, atMs);
    const allowance = this.#allowance(command.spendLimits, () => this.#statements.spender(holdId));
    const asked = withinAllowance(command, allowance);
    if (asked === undefined) return beyondAllowance(allowance, before);
    const heldTicks = takeableTicks(before.available_ticks, asked);
    if (heldTicks === undefined) return { outcome: 'refused', reason: 'not-enough', balance };
    const wallet = this.#statements.moveWallet(walletNumber, -heldTicks, heldTicks);
    const transaction = { id, command: 'extend', walletNumber, requestId: holdId, memo: null, atMs };
    this.#statements.book(transaction, setAsideEntries(heldTicks));
    this.#statements.extendHold(holdId, heldTicks, step);
    return { outcome: 'done', heldTicks, balance: balanceOf(wallet) };
  }

  checkpoint({ holdId, usage, costTicks, atMs }: CheckpointCommand): void {
    this.#statements.checkpoint(holdId, usage, costTicks, atMs);
  }

  post({ holdId, costTicks, record, atMs }: PostCommand): EndAnswer {
    return this.#end('post', holdId, costTicks, atMs, (settlement) => ({
      ...record,
      costTicks: settlement.chargedTicks,
      uncollectedTicks: settlement.uncollectedTicks,
    }));
  }

  void({ holdId, record, atMs }: VoidCommand): EndAnswer {
    return this.#end('void', holdId, 0n, atMs, () => ({ ...record, costTicks: 0n, uncollectedTicks: 0n }));
  }

  /** Ends up to `limit` holds of other processes. */
  expireSome({ liveProcessId, atMs, limit }: { liveProcessId: string; atMs: number; limit: number }): {
    expired: number;
    chargedTicks: Ticks;
  } {
    const lost = this.#statements.lostHolds(liveProcessId, limit);
    let chargedTicks = 0n;
    for (const row of lost) {
      const hold = interruptedHold(row);
      const answer = this.#end('expire', row.id, row.checkpoint_cost_ticks, atMs, (s) =>
        interruptedRecord(hold, s),
      );
      if (answer.outcome === 'done') chargedTicks += answer.chargedTicks;
    }
    return { expired: lost.length, chargedTicks };
  }

  /** Records a request that never had a hold. */
  record(record: RequestRecord): void {
    if (this.#statements.hold(record.requestId) !== undefined) {
      throw new StorageConflict('unique', 'the request has a hold; the ledger records it');
    }
    this.#requests.write(record);
  }

  #transferCredit(
    command: 'grant' | 'withdraw',
    { transactionId, walletId, amountTicks, memo, atMs }: GrantCommand,
    entries: readonly LedgerEntry[],
  ): GrantAnswer {
    const wallet = this.#statements.wallet(walletId);
    if (wallet === undefined) return { outcome: 'refused', reason: 'no-wallet', balance: NO_BALANCE };
    const balance = balanceOf(wallet);
    if (this.#statements.hasTransaction(transactionId)) return { outcome: 'exists', balance };
    if (command === 'grant' && wallet.available_ticks + wallet.held_ticks + amountTicks > MAXIMUM_TICKS) {
      return { outcome: 'refused', reason: 'too-much', balance };
    }
    if (command === 'withdraw' && wallet.available_ticks < amountTicks) {
      return { outcome: 'refused', reason: 'not-enough', balance };
    }
    const after = this.#statements.moveWallet(
      wallet.number,
      command === 'grant' ? amountTicks : -amountTicks,
      0n,
    );
    const walletNumber = wallet.number;
    this.#statements.book({ id: transactionId, command, walletNumber, requestId: null, memo, atMs }, entries);
    return { outcome: 'done', balance: balanceOf(after) };
  }

  #end(
    command: 'post' | 'void' | 'expire',
    holdId: string,
    costTicks: Ticks,
    atMs: number,
    recordOf: (settlement: Settlement) => RequestRecord,
  ): EndAnswer {
    const hold = this.#statements.hold(holdId);
    if (hold === undefined) return { outcome: 'refused', reason: 'no-hold' };
    const step = stepHold(hold.state, command);
    const before = this.#statements.walletByNumber(hold.wallet_number);
    if (step.outcome !== 'done') return step.outcome === 'exists' ? endedBefore(hold, before) : refusal(hold);
    const walletNumber = hold.wallet_number;
    const settlement = settle(hold.held_ticks, costTicks, before.available_ticks);
    const { chargedTicks, releasedTicks, uncollectedTicks } = settlement;
    const entries = settlementEntries(OWN_WALLET, hold.held_ticks, settlement);
    const moved = foldEntries(entries);
    const wallet = this.#statements.moveWallet(
      walletNumber,
      moved.get(`wallet:${OWN_WALLET}`) ?? 0n,
      moved.get(`held:${OWN_WALLET}`) ?? 0n,
    );
    const id = endTransactionId(holdId);
    this.#statements.book({ id, command, walletNumber, requestId: holdId, memo: null, atMs }, entries);
    this.#statements.endHold(holdId, step.state, chargedTicks, releasedTicks, uncollectedTicks);
    if (!this.#requests.write(recordOf(settlement)))
      throw new StorageConflict('unique', 'the request is recorded already');
    return { outcome: 'done', chargedTicks, releasedTicks, uncollectedTicks, balance: balanceOf(wallet) };
  }

  /** What the spend limits of a key leave in the periods of a hold. Only a key with limits costs a look. */
  #allowance(limits: SpendLimits | undefined, find: () => Spender | undefined): SpendAllowance | undefined {
    if (limits === undefined) return undefined;
    const spender = find();
    if (spender === undefined) throw new RangeError('a hold without a row');
    return spendAllowance(limits, Number(spender.at_ms), (period) => this.#statements.spent(spender, period));
  }

  /** The answer to a hold that was carried out before, with the amount recorded then. */
  #repeatedHold({ holdId, walletId }: HoldCommand, existing: HoldRow): HoldAnswer {
    const wallet = this.#statements.wallet(walletId);
    // Nobody learns another wallet's balance by guessing an id.
    if (wallet?.number !== existing.wallet_number) throw new StorageConflict('unique', TAKEN);
    const heldTicks = this.#statements.heldByTransaction(holdTransactionId(holdId));
    return { outcome: 'exists', heldTicks, balance: balanceOf(wallet) };
  }
}

function beyondAllowance(allowance: SpendAllowance | undefined, wallet: WalletRow | undefined): HoldAnswer {
  if (allowance === undefined) throw new RangeError('beyond an allowance that does not exist');
  if (wallet === undefined) return { outcome: 'refused', reason: 'no-wallet', balance: NO_BALANCE };
  return { outcome: 'refused', reason: 'spend-limit', period: allowance.period, balance: balanceOf(wallet) };
}

function refusal({ state }: HoldRow): EndAnswer {
  return { outcome: 'refused', reason: state };
}

function endedBefore(hold: HoldRow, wallet: WalletRow): EndAnswer {
  return {
    outcome: 'exists',
    chargedTicks: hold.charged_ticks,
    releasedTicks: hold.released_ticks,
    uncollectedTicks: hold.uncollected_ticks,
    balance: balanceOf(wallet),
  };
}

function balanceOf(wallet: WalletRow): Balance {
  return { availableTicks: wallet.available_ticks, heldTicks: wallet.held_ticks };
}

/** A request of a free model sets nothing aside: its hold is a transaction without entries. */
function setAsideEntries(heldTicks: Ticks): LedgerEntry[] {
  return heldTicks === 0n ? [] : holdEntries(OWN_WALLET, heldTicks);
}

function interruptedHold(row: LostHoldRow): InterruptedHold {
  return {
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
  };
}
