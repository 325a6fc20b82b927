import type { HoldState } from '../../domain/hold.ts';
import type { LedgerEntry } from '../../domain/ledger.ts';
import type { Ticks } from '../../domain/money.ts';
import type { TokenUsage } from '../../domain/usage.ts';
import type { RequestOrigin } from '../ledger-store.ts';
import type { DailyUsage, RequestRecord } from '../usage-store.ts';

/**
 * The money and usage tables of the memory engine, shaped like those of the SQL engines. It grows without bound
 * and dies with its process: it is for simulation and tests.
 */
export class MemoryState {
  readonly wallets = new Map<string, MemoryWallet>();
  readonly holds = new Map<string, MemoryHold>();
  /** In the order they were made, and by id. */
  readonly transactions = new Map<string, MemoryTransaction>();
  /** In the order they were recorded, and by request id. */
  readonly requests = new Map<string, MemoryRequest>();
  readonly daily = new Map<string, DailyUsage>();
  /** When each key was last used, to the minute. */
  readonly keyUses = new Map<string, number>();
  #sequence = 0n;

  nextSequence(): bigint {
    this.#sequence += 1n;
    return this.#sequence;
  }
}

export interface MemoryWallet {
  availableTicks: Ticks;
  heldTicks: Ticks;
}

export interface MemoryHold {
  readonly holdId: string;
  readonly walletId: string;
  readonly processId: string;
  readonly origin: RequestOrigin;
  readonly atMs: number;
  state: HoldState;
  heldTicks: Ticks;
  /** The last checkpoint. */
  usage: TokenUsage;
  costTicks: Ticks;
  checkpointAtMs: number;
  /** How it ended; zero until then. */
  chargedTicks: Ticks;
  releasedTicks: Ticks;
  uncollectedTicks: Ticks;
}

export type LedgerCommandName = 'grant' | 'withdraw' | 'hold' | 'extend' | 'post' | 'void' | 'expire';

export interface MemoryTransaction {
  readonly id: string;
  readonly command: LedgerCommandName;
  readonly walletId: string;
  readonly requestId: string | null;
  readonly memo: string | null;
  readonly atMs: number;
  readonly entries: readonly MemoryEntry[];
}

export interface MemoryEntry extends LedgerEntry {
  readonly sequence: bigint;
}

export interface MemoryRequest {
  readonly sequence: bigint;
  readonly record: RequestRecord;
}
