import type { HoldState } from '../../domain/hold.ts';
import { NO_USAGE } from '../../domain/usage.ts';
import {
  type LedgerCommandName,
  type MemoryHold,
  type MemoryRequest,
  MemoryState,
  type MemoryWallet,
} from '../memory/memory-state.ts';
import type { Row } from './row-values.ts';
import { transactionName } from './transaction-rows.ts';

/**
 * The part of the books that a batch of commands concerns, as it was read under the locks of its wallets, in the shape
 * that the memory engine works on. So a command is decided by the very same code, and what differs afterwards is
 * written.
 */
export class LedgerSlice {
  readonly state = new MemoryState();
  readonly #walletNumbers = new Map<string, bigint>();
  readonly #walletsBefore = new Map<string, MemoryWallet>();
  readonly #holdsBefore = new Map<string, MemoryHold>();
  readonly #transactionsBefore = new Set<string>();
  readonly #requestsBefore = new Set<string>();
  /** Stand for the open holds of a key that no command names. */
  readonly #others = new Set<string>();
  #days = 0;

  addWallet(row: Row): void {
    const id = row.id as string;
    const wallet = { availableTicks: row.available_ticks as bigint, heldTicks: row.held_ticks as bigint };
    this.#walletNumbers.set(id, row.number as bigint);
    this.#walletsBefore.set(id, { ...wallet });
    this.state.wallets.set(id, wallet);
  }

  addHold(row: Row): void {
    const hold = readHold(row);
    this.#holdsBefore.set(hold.holdId, { ...hold });
    this.state.holds.set(hold.holdId, hold);
  }

  /** A transaction of before: what it set aside is all that a repeated command asks of it. */
  addTransaction(row: Row): void {
    const [id, walletId] = [transactionName(row), row.wallet_id as string];
    const heldTicks = row.held_ticks as bigint;
    this.#transactionsBefore.add(id);
    this.state.transactions.set(id, {
      id,
      command: row.command as LedgerCommandName,
      walletId,
      requestId: null,
      memo: null,
      atMs: 0,
      entries:
        heldTicks === 0n
          ? []
          : [{ account: `held:${walletId}`, kind: 'hold', amountTicks: heldTicks, sequence: 0n }],
    });
  }

  /** A request of before: nobody asks more of it than whether it is there. */
  addRequest(id: string): void {
    this.#requestsBefore.add(id);
    this.state.requests.set(id, { sequence: 0n } as MemoryRequest);
  }

  /** What a key was charged on a day, for all models together. */
  addCharges(row: Row): void {
    const day = row.day as string;
    this.#days += 1;
    this.state.daily.set(`charged ${this.#days}`, {
      day,
      organizationId: row.organization_id as string,
      keyId: row.key_id as string,
      model: '',
      requests: 0,
      failedRequests: 0,
      usage: NO_USAGE,
      costTicks: row.cost_ticks as bigint,
    });
  }

  /** What a key's other open holds of a day set aside, as one hold. */
  addOtherHolds(row: Row): void {
    const [keyId, atMs] = [row.key_id as string, Number(row.at_ms)];
    const holdId = `others of ${keyId} at ${atMs}`;
    this.#others.add(holdId);
    const origin = { ...NO_ORIGIN, keyId };
    this.state.holds.set(holdId, { ...NEW_HOLD, holdId, origin, atMs, heldTicks: row.held_ticks as bigint });
  }

  walletNumber(walletId: string): bigint {
    const number = this.#walletNumbers.get(walletId);
    if (number === undefined) throw new RangeError('a wallet that was not locked');
    return number;
  }

  /** Whether a request was recorded before this batch, or within it. */
  hasRequest(id: string): boolean {
    return this.state.requests.has(id);
  }

  movedWallets(): { number: bigint; available_ticks: bigint; held_ticks: bigint }[] {
    return [...this.state.wallets].flatMap(([id, { availableTicks, heldTicks }]) => {
      const before = this.#walletsBefore.get(id) ?? { availableTicks: 0n, heldTicks: 0n };
      const moved = {
        number: this.walletNumber(id),
        available_ticks: availableTicks - before.availableTicks,
        held_ticks: heldTicks - before.heldTicks,
      };
      return moved.available_ticks === 0n && moved.held_ticks === 0n ? [] : [moved];
    });
  }

  newTransactions() {
    return [...this.state.transactions.values()].filter(({ id }) => !this.#transactionsBefore.has(id));
  }

  newHolds(): MemoryHold[] {
    return [...this.state.holds.values()].filter(
      ({ holdId }) => !this.#holdsBefore.has(holdId) && !this.#others.has(holdId),
    );
  }

  changedHolds(): MemoryHold[] {
    return [...this.state.holds.values()].filter((hold) => {
      const before = this.#holdsBefore.get(hold.holdId);
      return before !== undefined && CHANGING.some((field) => before[field] !== hold[field]);
    });
  }

  newRequests(): MemoryRequest[] {
    return [...this.state.requests].flatMap(([id, row]) => (this.#requestsBefore.has(id) ? [] : [row]));
  }
}

const CHANGING = ['state', 'heldTicks', 'usage', 'costTicks', 'checkpointAtMs'] as const;

const NO_ORIGIN = {
  organizationId: '',
  userId: '',
  keyId: '',
  model: '',
  channel: '',
  upstreamModel: '',
  streamed: false,
  simulated: false,
};

const NEW_HOLD = {
  walletId: '',
  processId: '',
  state: 'held' as HoldState,
  usage: NO_USAGE,
  costTicks: 0n,
  checkpointAtMs: 0,
  chargedTicks: 0n,
  releasedTicks: 0n,
  uncollectedTicks: 0n,
};

function readHold(row: Row): MemoryHold {
  return {
    holdId: row.id as string,
    walletId: row.wallet_id as string,
    processId: row.process_id as string,
    origin: {
      organizationId: row.organization_id as string,
      userId: row.user_id as string,
      keyId: row.key_id as string,
      model: row.model as string,
      channel: row.channel as string,
      upstreamModel: row.upstream_model as string,
      streamed: row.streamed === 1n,
      simulated: row.simulated === 1n,
    },
    atMs: Number(row.at_ms),
    state: row.state as HoldState,
    heldTicks: row.held_ticks as bigint,
    usage: {
      inputTokens: Number(row.input_tokens),
      cachedInputTokens: Number(row.cached_input_tokens),
      imageInputTokens: Number(row.image_input_tokens),
      audioInputTokens: Number(row.audio_input_tokens),
      outputTokens: Number(row.output_tokens),
      reasoningTokens: Number(row.reasoning_tokens),
    },
    costTicks: row.checkpoint_cost_ticks as bigint,
    checkpointAtMs: Number(row.checkpoint_at_ms),
    chargedTicks: row.charged_ticks as bigint,
    releasedTicks: row.released_ticks as bigint,
    uncollectedTicks: row.uncollected_ticks as bigint,
  };
}
