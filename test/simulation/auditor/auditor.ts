import type { LogFacts } from '../../../src/ports/log.ts';
import type { ClaimAnswer } from '../../../src/storage/idempotency-store.ts';
import type { EndAnswer } from '../../../src/storage/ledger-store.ts';
import type { MemoryState } from '../../../src/storage/memory/memory-state.ts';
import type { RequestRecord } from '../../../src/storage/usage-store.ts';
import type { UpstreamCall } from '../../../src/upstream/upstream.ts';
import type { Coverage } from '../coverage.ts';
import type { Plan, SheetPlan } from '../plan/plan.ts';
import { bookCommand } from './book-command.ts';
import { Books } from './books.ts';
import type { CarriedOut, CommandName, Invariant, LiveReplica, Observed } from './invariant.ts';
import { ALL_INVARIANTS } from './invariants/all-invariants.ts';
import { quietEnd } from './invariants/quiet-end.ts';
import { heardRole, KeyBooks, type KeyCommand } from './key-books.ts';
import { noticeCall, noticeCommand } from './notice-situations.ts';
import { type CauseName, ObservedCall, ObservedUpstreamCall } from './observed-call.ts';
import { Violation } from './violation.ts';

/** What the auditor may ask of the world. */
export interface AuditorSurroundings {
  readonly plan: Plan;
  readonly state: MemoryState;
  readonly coverage: Coverage;
  nowMs(): number;
  isLedgerAway(): boolean;
  liveReplicas(): readonly LiveReplica[];
  parkedCount(): number;
  /** A process sends a command. */
  onCommand(name: CommandName, owner: string): void;
}

/** How one process looks at one key. */
interface KeyReads {
  /** The store has not answered yet. */
  open: number;
  heardMs: number;
}

/** Sees everything that passes the ports, keeps books of its own, and holds every invariant against them. */
export class Auditor implements Observed {
  readonly plan: Plan;
  readonly state: MemoryState;
  readonly books = new Books();
  readonly keys = new KeyBooks();
  readonly calls = new Map<string, ObservedCall>();
  readonly carriedOut: CarriedOut[] = [];
  /** The first promise that was broken. */
  violation: Violation | undefined;
  readonly #world: AuditorSurroundings;
  readonly #keyReads = new Map<string, KeyReads>();
  readonly #endedKeys = new Map<string, number>();

  constructor(world: AuditorSurroundings) {
    this.#world = world;
    this.plan = world.plan;
    this.state = world.state;
    for (const client of world.plan.clients) this.calls.set(client.id, new ObservedCall(client));
    for (const account of world.plan.accounts) this.books.wallet(account.id);
  }

  get nowMs(): number {
    return this.#world.nowMs();
  }

  isLedgerAway = () => this.#world.isLedgerAway();
  liveReplicas = () => this.#world.liveReplicas();
  parkedCount = () => this.#world.parkedCount();

  call(id: string): ObservedCall {
    const call = this.calls.get(id);
    if (call === undefined) throw new RangeError(`no client is called ${id}`);
    return call;
  }

  /** A process sends a command. */
  commandIssued(
    { name, owner, command }: Pick<CarriedOut, 'name' | 'owner' | 'command'>,
    sheets: readonly SheetPlan[],
  ): void {
    this.#world.onCommand(name, owner);
    const call = this.calls.get(command.holdId);
    if (call === undefined) return;
    if (name === 'hold' && call.firstHoldMs === undefined) {
      call.firstHoldMs = this.nowMs;
      call.sheets.push(...sheets);
    }
    if (name === 'checkpoint' || name === 'extend') call.lastNoteMs = this.nowMs;
    if (name !== 'post' && name !== 'void') return;
    call.endIssuedMs ??= this.nowMs;
    const { record, costTicks } = command;
    const end = { name, costTicks: name === 'post' ? costTicks : 0n, outcome: record.outcome } as const;
    call.chargedTokens = tokensOf(record);
    // A hold that was never heard of is released by nobody's call.
    if (record.outcome !== 'refused') this.#check((invariant) => invariant.onEnd?.(this, call, end));
  }

  /** Storage carried a command out. */
  commandCarriedOut(sent: Pick<CarriedOut, 'name' | 'owner' | 'command' | 'answer'>): void {
    const done: CarriedOut = { ...sent, atMs: this.nowMs, endAnswer: sent.answer as EndAnswer };
    noticeCommand(this, done);
    this.carriedOut.push(done);
    this.#guard(() => bookCommand(this, done));
    this.#check((invariant) => invariant.afterCommand?.(this, done));
  }

  /** Something happened that a sweep must have seen. */
  situation(name: string): void {
    this.#world.coverage.note(name);
  }

  /** A process heard the answer to a command, or that there is none. */
  commandHeard(name: CommandName, command: CarriedOut['command'], answer: unknown): void {
    const call = this.calls.get(command.holdId);
    if (call === undefined) return;
    if (name === 'hold' || name === 'extend') {
      const isRefused = answer === undefined || (answer as { outcome: string }).outcome === 'refused';
      call.isCoverLost = name === 'extend' && isRefused;
      call.isHoldUnheard ||= name === 'hold' && answer === undefined;
    }
    if (name !== 'post' && name !== 'void') return;
    if (answer === undefined) call.endsUnheard += 1;
    else {
      call.endsHeard += 1;
      call.endHeardMs ??= this.nowMs;
    }
  }

  /** Storage carried a command about an idempotency key out. */
  keyCarriedOut(command: KeyCommand, answer: unknown): void {
    this.#guard(() => this.keys.carriedOut(this, command, answer));
  }

  /** A process heard the answer to one, or that there is none. */
  keyHeard({ name, requestId }: KeyCommand, answer: unknown): void {
    if (name !== 'claim' || answer === undefined) return;
    const call = this.call(requestId);
    call.keyRole = heardRole(this, call, answer as ClaimAnswer);
    if (call.keyRole === 'answered' && (answer as ClaimAnswer).outcome === 'taken')
      call.repeats = (answer as ClaimAnswer & { outcome: 'taken' }).requestId;
    this.situation(`key ${call.keyRole}`);
  }

  upstreamCalled(id: string, { body }: UpstreamCall): ObservedUpstreamCall {
    const call = this.call(id);
    const limits = JSON.parse(body) as { max_tokens?: number; max_completion_tokens?: number };
    const observed = new ObservedUpstreamCall(
      () => this.nowMs,
      limits.max_completion_tokens ?? limits.max_tokens,
    );
    call.upstreams.push(observed);
    call.sentToUpstream += body;
    this.#check((invariant) => invariant.onUpstreamCall?.(this, call));
    return observed;
  }

  keyEnded(owner: string, keyId: string): void {
    const known = `${owner} ${keyId}`;
    if (!this.#endedKeys.has(known)) this.#endedKeys.set(known, this.nowMs);
  }

  keyEndedMs(owner: string, keyId: string): number | undefined {
    return this.#endedKeys.get(`${owner} ${keyId}`);
  }

  /** A process asks its store for a key, and calls the answer when it has heard one, or that there is none. */
  keyAsked(owner: string, keyId: string): () => void {
    const name = `${owner} ${keyId}`;
    const reads = this.#keyReads.get(name) ?? { open: 0, heardMs: 0 };
    this.#keyReads.set(name, reads);
    reads.open += 1;
    return () => {
      reads.open -= 1;
      reads.heardMs = this.nowMs;
    };
  }

  keyLookedAtMs(owner: string, keyId: string): number {
    const { open, heardMs } = this.#keyReads.get(`${owner} ${keyId}`) ?? { open: 0, heardMs: 0 };
    return open > 0 ? this.nowMs : heardMs;
  }

  caused(id: string, cause: CauseName): void {
    this.call(id).causes.push({ cause, atMs: this.nowMs });
  }

  delivered(call: ObservedCall): void {
    this.#check((invariant) => invariant.afterDelivery?.(this, call));
  }

  logged(event: string, facts: LogFacts | undefined): void {
    const text = `${event} ${JSON.stringify(facts ?? {})}`;
    this.situation(`log ${event}`);
    this.#check((invariant) => invariant.onLog?.(this, { event, text }));
  }

  /** The product recorded a request. */
  recorded({ outcome }: RequestRecord): void {
    this.situation(`record ${outcome}`);
  }

  stepped(): void {
    this.#check((invariant) => invariant.afterStep?.(this));
  }

  quiet(): void {
    this.#check((invariant) => invariant.whenQuiet?.(this));
  }

  async ended(): Promise<void> {
    for (const call of this.calls.values()) noticeCall(this, call);
    for (const invariant of ALL_INVARIANTS) {
      if (this.violation !== undefined) return;
      try {
        await invariant.atEnd?.(this);
      } catch (reason) {
        this.#note(reason);
      }
    }
  }

  /** A call that is over still counts as under way. */
  placeLost(request: string): void {
    this.#note(new Violation(quietEnd.name, request, 'its place among the limits was never given back'));
  }

  /** Something threw that must not. */
  broken(request: string, reason: unknown): void {
    this.#note(new Violation('0 whole assertions', request, String((reason as Error)?.stack ?? reason)));
  }

  #check(ask: (invariant: Invariant) => void): void {
    if (this.violation !== undefined) return;
    this.#guard(() => {
      for (const invariant of ALL_INVARIANTS) ask(invariant);
    });
  }

  #guard(run: () => void): void {
    if (this.violation !== undefined) return;
    try {
      run();
    } catch (reason) {
      this.#note(reason);
    }
  }

  #note(reason: unknown): void {
    this.violation ??=
      reason instanceof Violation
        ? reason
        : new Violation('the simulator itself', '', String((reason as Error)?.stack ?? reason));
  }
}

function tokensOf({ usage }: RequestRecord): number {
  return usage.inputTokens + usage.outputTokens + usage.reasoningTokens;
}
