import { expect, test } from 'bun:test';
import fc from 'fast-check';
import type { HoldState } from '../../src/domain/hold.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { describeOn, ENGINES, type OpenedEngine } from './engines.ts';
import { NOON_MS, Samples, usageOf } from './samples.ts';

/**
 * Random commands against the ledger and against a model of a few lines that shares no code with it: numbers, a
 * map of holds and a set of ids. Commands are drawn from small ranges so that they collide: the same id again, an
 * end after an end, more than there is.
 */
interface ModelHold {
  state: HoldState;
  held: number;
  checkpoint: number;
  readonly steps: Map<number, number>;
  end: [charged: number, released: number, uncollected: number];
}

class Model {
  available = 0;
  held = 0;
  readonly transactions = new Set<number>();
  readonly holds = new Map<number, ModelHold>();
}

interface Real {
  readonly storage: Storage;
  readonly samples: Samples;
  readonly walletId: string;
  /** Unlike the holds of other runs in the same storage. */
  readonly prefix: string;
}

type LedgerCommand = fc.AsyncCommand<Model, Real>;

abstract class Command implements LedgerCommand {
  check = () => true;
  abstract run(model: Model, real: Real): Promise<void>;
  abstract toString(): string;

  protected async expectBalance(model: Model, { storage, walletId }: Real): Promise<void> {
    const balance = await storage.ledger.balance(walletId);
    expect(balance).toEqual({ availableTicks: BigInt(model.available), heldTicks: BigInt(model.held) });
    expect(model.available).toBeGreaterThanOrEqual(0);
  }
}

class MoveCredit extends Command {
  readonly #direction: 'grant' | 'withdraw';
  readonly #id: number;
  readonly #amount: number;

  constructor(direction: 'grant' | 'withdraw', id: number, amount: number) {
    super();
    this.#direction = direction;
    this.#id = id;
    this.#amount = amount;
  }

  async run(model: Model, real: Real): Promise<void> {
    const { outcome } = await real.storage.ledger[this.#direction]({
      transactionId: `${real.prefix}-${this.#id}`,
      walletId: real.walletId,
      amountTicks: BigInt(this.#amount),
      memo: '',
      atMs: NOON_MS,
    });
    if (model.transactions.has(this.#id)) expect(outcome).toBe('exists');
    else if (this.#direction === 'withdraw' && this.#amount > model.available)
      expect(outcome).toBe('refused');
    else {
      expect(outcome).toBe('done');
      model.transactions.add(this.#id);
      model.available += this.#direction === 'grant' ? this.#amount : -this.#amount;
    }
    await this.expectBalance(model, real);
  }

  toString = () => `${this.#direction}(${this.#id}, ${this.#amount})`;
}

/** Step 0 is the hold itself, the others are its extensions. */
class SetAside extends Command {
  readonly #hold: number;
  readonly #step: number;
  readonly #amount: number;
  readonly #minimum: number;
  readonly #cost: number;

  constructor(hold: number, step: number, amount: number, minimum: number, cost: number) {
    super();
    this.#hold = hold;
    this.#step = step;
    this.#amount = amount;
    this.#minimum = minimum;
    this.#cost = cost;
  }

  async run(model: Model, real: Real): Promise<void> {
    const amounts = { amountTicks: BigInt(this.#amount), minimumTicks: BigInt(this.#minimum) };
    const holdId = `${real.prefix}-${this.#hold}`;
    const answer =
      this.#step === 0
        ? await real.storage.ledger.hold(real.samples.hold(real.walletId, 0n, { holdId, ...amounts }))
        : await real.storage.ledger.extend({
            holdId,
            step: this.#step,
            ...amounts,
            usage: usageOf(this.#cost),
            costTicks: BigInt(this.#cost),
            atMs: NOON_MS,
          });
    const hold = model.holds.get(this.#hold);
    const before = hold?.steps.get(this.#step);
    const mayHold = this.#step === 0 ? hold === undefined : hold?.state === 'held';
    if (this.#step > 0 && mayHold && hold !== undefined && before === undefined) {
      hold.checkpoint = Math.max(hold.checkpoint, this.#cost);
    }
    const taken = Math.min(this.#amount, model.available);
    if (before !== undefined) expect(answer).toMatchObject({ outcome: 'exists', heldTicks: BigInt(before) });
    else if (!mayHold || taken < Math.min(this.#minimum, this.#amount))
      expect(answer.outcome).toBe('refused');
    else {
      expect(answer).toMatchObject({ outcome: 'done', heldTicks: BigInt(taken) });
      const changed = hold ?? { state: 'held', held: 0, checkpoint: 0, steps: new Map(), end: [0, 0, 0] };
      changed.held += taken;
      changed.steps.set(this.#step, taken);
      model.holds.set(this.#hold, changed);
      model.available -= taken;
      model.held += taken;
    }
    await this.expectBalance(model, real);
  }

  toString = () =>
    `setAside(${this.#hold}.${this.#step}, ${this.#amount} >= ${this.#minimum}, ${this.#cost})`;
}

class End extends Command {
  readonly #hold: number;
  readonly #cost: number | undefined;

  /** Without a cost the hold is voided. */
  constructor(hold: number, cost: number | undefined) {
    super();
    this.#hold = hold;
    this.#cost = cost;
  }

  async run(model: Model, real: Real): Promise<void> {
    const hold = real.samples.hold(real.walletId, 0n, { holdId: `${real.prefix}-${this.#hold}` });
    const answer =
      this.#cost === undefined
        ? await real.storage.ledger.void(real.samples.void(hold))
        : await real.storage.ledger.post(real.samples.post(hold, BigInt(this.#cost)));
    const known = model.holds.get(this.#hold);
    const state = this.#cost === undefined ? 'voided' : 'posted';
    if (known === undefined) expect(answer).toEqual({ outcome: 'refused', reason: 'no-hold' });
    else if (known.state === 'held') {
      endHold(model, known, state, this.#cost ?? 0);
      expectEnd(answer, 'done', known);
    } else if (known.state === state) expectEnd(answer, 'exists', known);
    else expect(answer).toEqual({ outcome: 'refused', reason: known.state });
    await this.expectBalance(model, real);
  }

  toString = () => (this.#cost === undefined ? `void(${this.#hold})` : `post(${this.#hold}, ${this.#cost})`);
}

class Expire extends Command {
  async run(model: Model, real: Real): Promise<void> {
    const { expired } = await real.storage.ledger.expireHoldsOfOthers('another', NOON_MS);
    const open = [...model.holds.values()].filter((hold) => hold.state === 'held');
    for (const hold of open) endHold(model, hold, 'expired', hold.checkpoint);
    expect(expired).toBe(open.length);
    await this.expectBalance(model, real);
  }

  toString = () => 'expire()';
}

function endHold(model: Model, hold: ModelHold, state: HoldState, cost: number): void {
  const charged = Math.min(cost, hold.held + model.available);
  hold.end = [charged, Math.max(0, hold.held - cost), cost - charged];
  model.available += hold.held - charged;
  model.held -= hold.held;
  hold.state = state;
}

function expectEnd(
  answer: unknown,
  outcome: string,
  { end: [charged, released, uncollected] }: ModelHold,
): void {
  expect(answer).toMatchObject({
    outcome,
    chargedTicks: BigInt(charged),
    releasedTicks: BigInt(released),
    uncollectedTicks: BigInt(uncollected),
  });
}

const smallId = fc.nat(4);
const smallAmount = fc.nat(60);
const anyCommand = [
  fc
    .tuple(fc.nat(30), fc.integer({ min: 1, max: 100 }))
    .map(([id, amount]) => new MoveCredit('grant', id, amount)),
  fc
    .tuple(fc.nat(30), fc.integer({ min: 1, max: 60 }))
    .map(([id, amount]) => new MoveCredit('withdraw', id, amount)),
  fc
    .tuple(smallId, fc.nat(3), smallAmount, smallAmount, fc.nat(120))
    .map(([hold, step, amount, minimum, cost]) => new SetAside(hold, step, amount, minimum, cost)),
  fc.tuple(smallId, fc.nat(120)).map(([hold, cost]) => new End(hold, cost)),
  smallId.map((hold) => new End(hold, undefined)),
  fc.constant(new Expire()),
];

/** Disk syncs make a run on a real engine slower; a fresh random seed in every run adds up over time. */
const RUNS: Readonly<Record<string, number>> = { memory: 300 };
const RUNS_ON_DISK = 25;

for (const engine of ENGINES) {
  describeOn(engine, 'random commands', () => {
    test('answer as a model of a few lines does, and the books balance after each sequence', async () => {
      const opened: OpenedEngine = await engine.open();
      const { storage } = opened;
      try {
        let sequence = 0;
        const property = fc.asyncProperty(fc.commands(anyCommand, { maxCommands: 60 }), async (commands) => {
          sequence += 1;
          const samples = new Samples(storage, `model-${sequence}`);
          const walletId = await samples.wallet(0n);
          const model = new Model();
          const real: Real = { storage, samples, walletId, prefix: `run-${sequence}` };
          await fc.asyncModelRun(() => ({ model, real }), commands);
          // Whatever is open now must not meet the next run.
          await new Expire().run(model, real);
          const ends = [...model.holds.values()].length;
          expect((await storage.usage.requests(walletId, { limit: 100 })).rows).toHaveLength(ends);
        });
        await fc.assert(property, { numRuns: RUNS[engine.name] ?? RUNS_ON_DISK });
        const { findings, totals } = await storage.ledger.audit(undefined);
        expect(findings).toEqual([]);
        expect(Object.values(totals).reduce((sum, ticks) => sum + ticks, 0n)).toBe(0n);
      } finally {
        await opened.dispose();
      }
    });
  });
}
