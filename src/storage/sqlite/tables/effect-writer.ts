import type { HoldState } from '../../../domain/hold.ts';
import type { TokenUsage } from '../../../domain/usage.ts';
import type {
  CreditMoved,
  HoldEnded,
  HoldExtended,
  HoldMade,
  LedgerEffect,
  PlainRecord,
  UsageNoted,
} from '../journal/ledger-effect.ts';
import type { EffectStatements } from './effect-statements.ts';
import type { KeyUses } from './key-uses.ts';
import { UsageDays } from './usage-days.ts';
import { UsageHours } from './usage-hours.ts';

/** A transaction that sets credit aside, or ends that, is named by its request and one of these steps. */
const HOLD_STEP = 0;
const END_STEP = -1;

const ENDED: Readonly<Record<HoldEnded['command'], HoldState>> = {
  post: 'posted',
  void: 'voided',
  expire: 'expired',
};

/** What the effects of this writer add to a wallet. */
interface WalletChange {
  readonly number: bigint;
  availableTicks: number;
  heldTicks: number;
}

/** What the effects of this writer do to a hold. */
interface HoldChange {
  made?: HoldMade;
  addedTicks: number;
  lastStep: number;
  noted?: UsageNoted;
  ended?: HoldEnded;
}

/**
 * Writes effects to the tables, in the order they come, within one transaction. Transactions and requests are rows of
 * their own; what the effects do to a wallet, a day or a hold is put together first and written once, at the end.
 */
export class EffectWriter {
  readonly #statements: EffectStatements;
  readonly #keyUses: KeyUses;
  readonly #wallets = new Map<string, WalletChange>();
  readonly #holds = new Map<string, HoldChange>();
  readonly #days = new UsageDays();
  readonly #hours = new UsageHours();

  constructor(statements: EffectStatements, keyUses: KeyUses) {
    this.#statements = statements;
    this.#keyUses = keyUses;
  }

  take(effect: LedgerEffect): void {
    switch (effect.kind) {
      case 'wallet':
        this.#statements.openWallet.run(effect.walletId, effect.atMs);
        break;
      case 'credit':
        this.#moveCredit(effect);
        break;
      case 'hold':
        this.#makeHold(effect);
        break;
      case 'extend':
        this.#extendHold(effect);
        break;
      case 'usage':
        this.#hold(effect.holdId).noted = effect;
        break;
      case 'end':
        this.#endHold(effect);
        break;
      case 'record':
        this.#record(effect.record);
        break;
    }
  }

  /** Writes what was put together. Nothing may be taken after it. */
  finish(): void {
    for (const { number, availableTicks, heldTicks } of this.#wallets.values()) {
      this.#statements.moveWallet.run(availableTicks, heldTicks, number);
    }
    for (const [holdId, change] of this.#holds) this.#writeHold(holdId, change);
    this.#days.write(this.#statements);
    this.#hours.write(this.#statements);
  }

  #moveCredit({ command, transactionId, walletId, availableTicks, memo, atMs }: CreditMoved): void {
    const wallet = this.#wallet(walletId);
    wallet.availableTicks += availableTicks;
    this.#statements.insertTransaction.run(
      command,
      wallet.number,
      transactionId,
      null,
      null,
      memo,
      atMs,
      availableTicks,
      0,
      -availableTicks,
      0,
      0,
    );
  }

  #makeHold(effect: HoldMade): void {
    this.#setAside('hold', effect, HOLD_STEP);
    this.#hold(effect.holdId).made = effect;
  }

  #extendHold(effect: HoldExtended): void {
    this.#setAside('extend', effect, effect.step);
    const change = this.#hold(effect.holdId);
    change.addedTicks += effect.heldTicks;
    change.lastStep = Math.max(change.lastStep, effect.step);
  }

  #setAside(
    command: 'hold' | 'extend',
    { holdId, walletId, heldTicks, atMs }: HoldMade | HoldExtended,
    step: number,
  ): void {
    const wallet = this.#wallet(walletId);
    wallet.availableTicks -= heldTicks;
    wallet.heldTicks += heldTicks;
    this.#statements.insertTransaction.run(
      command,
      wallet.number,
      null,
      holdId,
      step,
      null,
      atMs,
      -heldTicks,
      heldTicks,
      0,
      0,
      0,
    );
  }

  #endHold(effect: HoldEnded): void {
    const { holdId, walletId, command, atMs, heldTicks, uncollectedTicks } = effect;
    const wallet = this.#wallet(walletId);
    const availableTicks = effect.releasedTicks - effect.takenFromWalletTicks;
    wallet.availableTicks += availableTicks;
    wallet.heldTicks -= heldTicks;
    const revenueTicks = effect.chargedTicks + uncollectedTicks;
    this.#statements.insertTransaction.run(
      command,
      wallet.number,
      null,
      holdId,
      END_STEP,
      null,
      atMs,
      availableTicks,
      -heldTicks,
      0,
      revenueTicks,
      -uncollectedTicks,
    );
    this.#hold(holdId).ended = effect;
    this.#record(effect.record);
  }

  #record(record: PlainRecord): void {
    const { changes } = this.#statements.insertRequest.run(
      record.requestId,
      record.atMs,
      record.organizationId,
      record.userId,
      record.keyId,
      record.model,
      record.channel,
      record.upstreamModel,
      record.streamed,
      record.simulated,
      record.endpoint,
      record.outcome,
      record.httpStatus,
      record.failureCode,
      ...usageValues(record.usage),
      record.estimated,
      record.costTicks,
      record.uncollectedTicks,
      record.queuedMs,
      record.timeToFirstTokenMs,
      record.durationMs,
      record.gatewayMs,
      record.reported?.inputTokens ?? null,
      record.reported?.cachedInputTokens ?? null,
      record.reported?.outputTokens ?? null,
      record.reported?.reasoningTokens ?? null,
      // A journal that was written before this was kept does not have it.
      record.pricedFromMs ?? null,
    );
    // Recorded before: nothing is counted twice.
    if (changes === 0) return;
    this.#days.add(record);
    this.#hours.add(record);
    this.#keyUses.note(record.keyId, record.atMs);
  }

  #writeHold(holdId: string, { made, addedTicks, lastStep, noted, ended }: HoldChange): void {
    if (made !== undefined) {
      const { origin } = made;
      this.#statements.insertHold.run(
        holdId,
        this.#wallet(made.walletId).number,
        made.processId,
        origin.organizationId,
        origin.userId,
        origin.keyId,
        origin.model,
        origin.channel,
        origin.upstreamModel,
        origin.streamed,
        origin.simulated,
        made.atMs,
        ended === undefined ? 'held' : ENDED[ended.command],
        made.heldTicks + addedTicks,
        ...(noted === undefined ? [0, 0, 0, 0, 0, 0] : usageValues(noted.usage)),
        noted?.costTicks ?? 0,
        noted?.atMs ?? made.atMs,
        lastStep,
        ended?.chargedTicks ?? 0,
        ended?.releasedTicks ?? 0,
        ended?.uncollectedTicks ?? 0,
      );
      return;
    }
    if (lastStep > 0) this.#statements.extendHold.run(addedTicks, lastStep, holdId);
    if (noted !== undefined)
      this.#statements.noteUsage.run(...usageValues(noted.usage), noted.costTicks, noted.atMs, holdId);
    if (ended === undefined) return;
    const { command, chargedTicks, releasedTicks, uncollectedTicks } = ended;
    this.#statements.endHold.run(ENDED[command], chargedTicks, releasedTicks, uncollectedTicks, holdId);
  }

  #hold(holdId: string): HoldChange {
    let change = this.#holds.get(holdId);
    if (change === undefined) {
      change = { addedTicks: 0, lastStep: 0 };
      this.#holds.set(holdId, change);
    }
    return change;
  }

  #wallet(walletId: string): WalletChange {
    let change = this.#wallets.get(walletId);
    if (change === undefined) {
      const row = this.#statements.walletNumber.get(walletId);
      if (row === null) throw new RangeError('an effect names a wallet that is not there');
      change = { number: row.number, availableTicks: 0, heldTicks: 0 };
      this.#wallets.set(walletId, change);
    }
    return change;
  }
}

/** In the order of the columns everywhere. */
function usageValues(usage: TokenUsage): [number, number, number, number, number, number] {
  return [
    usage.inputTokens,
    usage.cachedInputTokens,
    usage.imageInputTokens,
    usage.audioInputTokens,
    usage.outputTokens,
    usage.reasoningTokens,
  ];
}
