import type { EndAnswer, LedgerStore } from '../../../src/storage/ledger-store.ts';
import type { MemoryState } from '../../../src/storage/memory/memory-state.ts';
import type { Plan } from '../plan/plan.ts';
import type { Books } from './books.ts';
import type { KeyBooks } from './key-books.ts';
import type { ObservedCall } from './observed-call.ts';

/** The commands of the ledger that change something. */
export type CommandName =
  | 'grant'
  | 'withdraw'
  | 'hold'
  | 'extend'
  | 'checkpoint'
  | 'post'
  | 'void'
  | 'expire';

/** A command that storage carried out, and what it answered; whether anybody heard it is another matter. */
export interface CarriedOut {
  readonly name: CommandName;
  /** The process that sent it. */
  readonly owner: string;
  readonly atMs: number;
  readonly command: Parameters<LedgerStore['extend']>[0] & Parameters<LedgerStore['post']>[0] & ExpireCommand;
  readonly answer: unknown;
  readonly endAnswer: EndAnswer;
}

export interface ExpireCommand {
  readonly liveProcessId: string;
}

export interface LogLine {
  readonly event: string;
  readonly text: string;
}

/** What is alive at one moment, as far as it is bounded. */
export interface LiveReplica {
  readonly owner: string;
  readonly processId: string;
  readonly timers: number;
  readonly exchanges: number;
}

/** Everything an invariant may look at. */
export interface Observed {
  readonly plan: Plan;
  readonly state: MemoryState;
  readonly books: Books;
  readonly keys: KeyBooks;
  readonly calls: ReadonlyMap<string, ObservedCall>;
  readonly carriedOut: readonly CarriedOut[];
  /** Virtual milliseconds. */
  readonly nowMs: number;
  isLedgerAway(): boolean;
  liveReplicas(): readonly LiveReplica[];
  /** When a process was told that a key has ended; undefined while it was not. */
  keyEndedMs(owner: string, keyId: string): number | undefined;
  /** When a process last heard from its store about a key; now, while it waits for that; 0 if it never asked. */
  keyLookedAtMs(owner: string, keyId: string): number;
  /** Calls and timers that are still parked. */
  parkedCount(): number;
}

/**
 * A promise that must hold in every world. It is one file in `invariants/`, named and numbered as in the specification,
 * and one line in `all-invariants.ts`. It throws a `Violation`.
 */
export interface Invariant {
  readonly name: string;
  afterCommand?(world: Observed, done: CarriedOut): void;
  /** A command that ends a request, when it is sent. */
  onEnd?(world: Observed, call: ObservedCall, end: EndCommand): void;
  onUpstreamCall?(world: Observed, call: ObservedCall): void;
  /** Bytes have reached the client, or its answer has ended. */
  afterDelivery?(world: Observed, call: ObservedCall): void;
  onLog?(world: Observed, line: LogLine): void;
  afterStep?(world: Observed): void;
  /** Everything has come to its end, and the processes still run. */
  whenQuiet?(world: Observed): void;
  atEnd?(world: Observed): void | Promise<void>;
}

export interface EndCommand {
  readonly name: 'post' | 'void';
  readonly costTicks: bigint;
  readonly outcome: string;
}
