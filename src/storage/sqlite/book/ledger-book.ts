import { stepHold } from '../../../domain/hold.ts';
import { type Settlement, settle } from '../../../domain/ledger.ts';
import { MAXIMUM_TICKS, type Ticks } from '../../../domain/money.ts';
import { type SpendAllowance, type SpendLimits, spendAllowance } from '../../../domain/spend-limit.ts';
import { NO_USAGE } from '../../../domain/usage.ts';
import { interruptedRecord } from '../../interrupted-record.ts';
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
} from '../../ledger-store.ts';
import { takeableTicks, withinAllowance } from '../../set-aside.ts';
import { StorageConflict } from '../../storage-error.ts';
import type { RequestRecord } from '../../usage-store.ts';
import { type LedgerEffect, plainRecord } from '../journal/ledger-effect.ts';
import type { BookHold, BookPages, BookWallet } from './book-pages.ts';

const TAKEN = 'the id belongs to another request';
const NO_BALANCE: Balance = { availableTicks: 0n, heldTicks: 0n };

/** What an effect is about. */
interface Concerned {
  readonly walletId?: string;
  readonly holdId?: string;
  readonly transactionId?: string;
  readonly requestId?: string;
}

/**
 * Decides the ledger's commands, one after the other and each at once, on what it knows in memory. What a command did is
 * an effect, which `append` numbers and takes to the journal; the answer may be given when that is durable. A command
 * that refuses, or throws, has changed nothing (but for the checkpoint of an extension).
 */
export class LedgerBook {
  readonly #pages: BookPages;
  readonly #append: (effect: LedgerEffect) => number;

  constructor(pages: BookPages, append: (effect: LedgerEffect) => number) {
    this.#pages = pages;
    this.#append = append;
  }

  openWallet(walletId: string, atMs: number): void {
    if (this.#pages.wallet(walletId) !== undefined) return;
    this.#pages.addWallet(walletId, 0n, 0n);
    this.#goAhead({ kind: 'wallet', walletId, atMs }, { walletId });
  }

  grant({ transactionId, walletId, amountTicks, memo, atMs }: GrantCommand): GrantAnswer {
    const wallet = this.#pages.wallet(walletId);
    if (wallet === undefined) return { outcome: 'refused', reason: 'no-wallet', balance: NO_BALANCE };
    if (this.#pages.hasGrant(transactionId)) return { outcome: 'exists', balance: balanceOf(wallet) };
    if (wallet.availableTicks + wallet.heldTicks + amountTicks > MAXIMUM_TICKS)
      return { outcome: 'refused', reason: 'too-much', balance: balanceOf(wallet) };
    return this.#moveCredit('grant', wallet, { transactionId, walletId, amountTicks, memo, atMs });
  }

  withdraw(command: GrantCommand): GrantAnswer {
    const wallet = this.#pages.wallet(command.walletId);
    if (wallet === undefined) return { outcome: 'refused', reason: 'no-wallet', balance: NO_BALANCE };
    if (this.#pages.hasGrant(command.transactionId)) return { outcome: 'exists', balance: balanceOf(wallet) };
    if (wallet.availableTicks < command.amountTicks)
      return { outcome: 'refused', reason: 'not-enough', balance: balanceOf(wallet) };
    return this.#moveCredit('withdraw', wallet, { ...command, amountTicks: -command.amountTicks });
  }

  hold(command: HoldCommand): HoldAnswer {
    const { holdId, walletId, processId, origin, atMs } = command;
    const existing = this.#pages.hold(holdId);
    if (existing !== undefined) return this.#repeatedHold(command, existing);
    if (this.#pages.hasRequest(holdId)) throw new StorageConflict('unique', TAKEN);
    const wallet = this.#pages.wallet(walletId);
    if (wallet === undefined) return { outcome: 'refused', reason: 'no-wallet', balance: NO_BALANCE };
    const allowance = this.#allowance(command.spendLimits, command);
    const asked = withinAllowance(command, allowance);
    if (asked === undefined) return beyondAllowance(allowance, wallet);
    const heldTicks = takeableTicks(wallet.availableTicks, asked);
    if (heldTicks === undefined)
      return { outcome: 'refused', reason: 'not-enough', balance: balanceOf(wallet) };

    setAside(wallet, heldTicks);
    this.#pages.addHold(holdId, {
      walletId,
      origin,
      atMs,
      state: 'held',
      heldTicks,
      setAside: new Map([[0, heldTicks]]),
      usage: NO_USAGE,
      costTicks: 0n,
      checkpointAtMs: atMs,
      chargedTicks: 0n,
      releasedTicks: 0n,
      uncollectedTicks: 0n,
      ahead: 0,
    });
    const held = Number(heldTicks);
    const effect = this.#goAhead(
      { kind: 'hold', holdId, walletId, processId, origin, heldTicks: held, atMs },
      { walletId, holdId },
    );
    this.#pages.noteSpending({ effect, keyId: origin.keyId, atMs, ticks: heldTicks });
    return { outcome: 'done', heldTicks, balance: balanceOf(wallet) };
  }

  extend(command: ExtendCommand): HoldAnswer {
    const { holdId, step, atMs } = command;
    const hold = this.#pages.hold(holdId);
    if (hold === undefined) return { outcome: 'refused', reason: 'not-held', balance: NO_BALANCE };
    const { walletId, origin } = hold;
    const wallet = this.#walletOf(hold);
    const before = this.#pages.setAside(holdId, hold, step);
    if (before !== undefined) return { outcome: 'exists', heldTicks: before, balance: balanceOf(wallet) };
    if (stepHold(hold.state, 'extend').outcome !== 'done')
      return { outcome: 'refused', reason: 'not-held', balance: balanceOf(wallet) };
    this.checkpoint(command);
    const allowance = this.#allowance(command.spendLimits, hold);
    const asked = withinAllowance(command, allowance);
    if (asked === undefined) return beyondAllowance(allowance, wallet);
    const heldTicks = takeableTicks(wallet.availableTicks, asked);
    if (heldTicks === undefined)
      return { outcome: 'refused', reason: 'not-enough', balance: balanceOf(wallet) };

    setAside(wallet, heldTicks);
    hold.heldTicks += heldTicks;
    hold.setAside.set(step, heldTicks);
    const effect = this.#goAhead(
      { kind: 'extend', holdId, walletId, step, heldTicks: Number(heldTicks), atMs },
      { walletId, holdId },
    );
    this.#pages.noteSpending({ effect, keyId: origin.keyId, atMs: hold.atMs, ticks: heldTicks });
    return { outcome: 'done', heldTicks, balance: balanceOf(wallet) };
  }

  /** A checkpoint never goes back: one that was overtaken by a younger one is dropped. */
  checkpoint({ holdId, usage, costTicks, atMs }: CheckpointCommand): void {
    const hold = this.#pages.hold(holdId);
    if (hold?.state !== 'held' || costTicks < hold.costTicks) return;
    hold.usage = usage;
    hold.costTicks = costTicks;
    hold.checkpointAtMs = atMs;
    this.#goAhead({ kind: 'usage', holdId, usage, costTicks: Number(costTicks), atMs }, { holdId });
  }

  post({ holdId, costTicks, record, atMs }: PostCommand): EndAnswer {
    return this.#end('post', holdId, costTicks, atMs, () => record);
  }

  void({ holdId, record, atMs }: VoidCommand): EndAnswer {
    return this.#end('void', holdId, 0n, atMs, () => record);
  }

  /** Ends the hold of a process that is gone: charges what its last checkpoint shows. */
  expire(holdId: string, atMs: number): EndAnswer {
    const hold = this.#pages.hold(holdId);
    return this.#end('expire', holdId, hold?.costTicks ?? 0n, atMs, (settlement) => {
      if (hold === undefined) throw new RangeError('a hold that is not there was ended');
      return interruptedRecord({ holdId, ...hold }, settlement);
    });
  }

  /** Records a request that never had a hold. */
  record(record: RequestRecord): void {
    const { requestId } = record;
    if (this.#pages.hold(requestId) !== undefined)
      throw new StorageConflict('unique', 'the request has a hold; the ledger records it');
    this.#goAhead({ kind: 'record', record: plainRecord(record) }, { requestId });
  }

  balance(walletId: string): Balance | undefined {
    const wallet = this.#pages.wallet(walletId);
    return wallet && balanceOf(wallet);
  }

  /** `amountTicks` is what the wallet has more of afterwards. */
  #moveCredit(
    command: 'grant' | 'withdraw',
    wallet: BookWallet,
    { transactionId, walletId, amountTicks, memo, atMs }: GrantCommand,
  ): GrantAnswer {
    wallet.availableTicks += amountTicks;
    const availableTicks = Number(amountTicks);
    this.#goAhead(
      { kind: 'credit', command, transactionId, walletId, availableTicks, memo, atMs },
      { walletId, transactionId },
    );
    return { outcome: 'done', balance: balanceOf(wallet) };
  }

  #end(
    command: 'post' | 'void' | 'expire',
    holdId: string,
    costTicks: Ticks,
    atMs: number,
    recordOf: (settlement: Settlement) => RequestRecord,
  ): EndAnswer {
    const hold = this.#pages.hold(holdId);
    if (hold === undefined) return { outcome: 'refused', reason: 'no-hold' };
    const step = stepHold(hold.state, command);
    const wallet = this.#walletOf(hold);
    if (step.outcome !== 'done') {
      return step.outcome === 'exists'
        ? { outcome: 'exists', ...divided(hold), balance: balanceOf(wallet) }
        : { outcome: 'refused', reason: hold.state };
    }

    const { walletId, origin, heldTicks } = hold;
    const settlement = settle(heldTicks, costTicks, wallet.availableTicks);
    const { chargedTicks, releasedTicks, takenFromWalletTicks, uncollectedTicks } = settlement;
    const record = plainRecord({ ...recordOf(settlement), costTicks: chargedTicks, uncollectedTicks });
    wallet.availableTicks += releasedTicks - takenFromWalletTicks;
    wallet.heldTicks -= heldTicks;
    hold.state = step.state;
    hold.chargedTicks = chargedTicks;
    hold.releasedTicks = releasedTicks;
    hold.uncollectedTicks = uncollectedTicks;
    const effect = this.#goAhead(
      {
        kind: 'end',
        command,
        holdId,
        walletId,
        heldTicks: Number(heldTicks),
        chargedTicks: Number(chargedTicks),
        releasedTicks: Number(releasedTicks),
        takenFromWalletTicks: Number(takenFromWalletTicks),
        uncollectedTicks: Number(uncollectedTicks),
        record,
        atMs,
      },
      { walletId, holdId },
    );
    const ticks = chargedTicks - heldTicks;
    this.#pages.noteSpending({ effect, keyId: origin.keyId, atMs: hold.atMs, ticks });
    return { outcome: 'done', ...divided(hold), balance: balanceOf(wallet) };
  }

  #goAhead(effect: LedgerEffect, concerned: Concerned): number {
    const number = this.#append(effect);
    const { walletId, holdId, transactionId, requestId } = concerned;
    this.#pages.wentAhead({ effect: number, walletId, holdId, transactionId, requestId });
    return number;
  }

  /** What the spend limits of a key leave in the periods of a hold. Only a key with limits costs a look. */
  #allowance(
    limits: SpendLimits | undefined,
    { origin, atMs }: Pick<BookHold, 'origin' | 'atMs'>,
  ): SpendAllowance | undefined {
    return limits && spendAllowance(limits, atMs, (period) => this.#pages.spent(origin, period));
  }

  /** The answer to a hold that was made before, with the amount of then. */
  #repeatedHold({ holdId, walletId }: HoldCommand, existing: BookHold): HoldAnswer {
    // Nobody learns another wallet's balance by guessing an id.
    if (existing.walletId !== walletId) throw new StorageConflict('unique', TAKEN);
    const heldTicks = this.#pages.setAside(holdId, existing, 0) ?? 0n;
    return { outcome: 'exists', heldTicks, balance: balanceOf(this.#walletOf(existing)) };
  }

  #walletOf({ walletId }: BookHold): BookWallet {
    const wallet = this.#pages.wallet(walletId);
    if (wallet === undefined) throw new RangeError('a hold without a wallet');
    return wallet;
  }
}

function setAside(wallet: BookWallet, ticks: Ticks): void {
  wallet.availableTicks -= ticks;
  wallet.heldTicks += ticks;
}

function beyondAllowance(allowance: SpendAllowance | undefined, wallet: BookWallet): HoldAnswer {
  if (allowance === undefined) throw new RangeError('beyond an allowance that does not exist');
  return { outcome: 'refused', reason: 'spend-limit', period: allowance.period, balance: balanceOf(wallet) };
}

function divided({ chargedTicks, releasedTicks, uncollectedTicks }: BookHold) {
  return { chargedTicks, releasedTicks, uncollectedTicks };
}

function balanceOf({ availableTicks, heldTicks }: BookWallet): Balance {
  return { availableTicks, heldTicks };
}
