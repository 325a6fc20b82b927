import { Auditor } from './auditor/auditor.ts';
import { Coverage } from './coverage.ts';
import { DurableStorage } from './parts/durable-storage.ts';
import { Replica, sha256 } from './parts/replica.ts';
import { SimulatedClient } from './parts/simulated-client.ts';
import { StorageFaults } from './parts/storage-faults.ts';
import type { Plan } from './plan/plan.ts';
import { Scheduler } from './scheduler.ts';
import { SeededRandom } from './seeded-random.ts';
import { happen } from './world-events.ts';

/** Until a start that failed is tried again, by whoever watches the process. */
const START_AGAIN_MS = 1_000;

/** The first process has this long to start, and the first payment to arrive. */
const OPENING_MS = 60;

interface WaitingEvent {
  readonly name: string;
  nth: number;
  readonly id: string;
  readonly carryOut: (place: number) => string;
}

/** One seed's world: everything that a run is made of. */
export class World {
  readonly plan: Plan;
  readonly random: SeededRandom;
  readonly scheduler: Scheduler;
  readonly durable: DurableStorage;
  readonly faults: StorageFaults;
  readonly coverage = new Coverage();
  readonly auditor: Auditor;
  /** By place; undefined while nothing runs there. */
  readonly replicas: (Replica | undefined)[] = [];
  readonly clients: readonly SimulatedClient[];
  /** A process that ends the holds of all others is about to serve; nobody else may, meanwhile. */
  #isReaping = false;
  /** Events that wait for a command to be sent. */
  readonly onCommands: WaitingEvent[] = [];
  readonly #starts: number[] = [];
  readonly #wallOffsets: number[] = [];

  private constructor(plan: Plan, durable: DurableStorage) {
    this.plan = plan;
    this.durable = durable;
    this.random = new SeededRandom(`world ${plan.seed}`);
    this.scheduler = new Scheduler(this.random.fork('schedule'));
    this.faults = new StorageFaults(this.random.fork('storage'), plan.faults);
    const { scheduler, faults, coverage } = this;
    this.auditor = new Auditor({
      ...{ plan, coverage, state: durable.state },
      nowMs: () => scheduler.nowMs,
      isLedgerAway: () => faults.isAway(scheduler.nowMs),
      liveReplicas: () =>
        this.replicas.flatMap((replica) => {
          if (replica === undefined) return [];
          const { owner, processId, clock, exchanges } = replica;
          return [{ owner, processId, exchanges, timers: clock.liveTimers }];
        }),
      parkedCount: () => scheduler.parked().length,
      onCommand: (name, owner) => this.#happenIfDue(name, owner),
    });
    this.clients = plan.clients.map((client) => new SimulatedClient(this, client));
  }

  static async of(plan: Plan): Promise<World> {
    return new World(plan, await DurableStorage.of(plan, sha256));
  }

  /** Parks all that the plan says will happen. */
  begin(): void {
    for (let place = 0; place < this.plan.replicas; place += 1) {
      this.#wallOffsets[place] = 0;
      this.startAfter(place, 0);
    }
    for (const client of this.clients) {
      this.at(client.plan.atMs + OPENING_MS, client.plan.id, 'client calls', () =>
        client.call(this.#anyReplica()),
      );
    }
    for (const event of this.plan.events) {
      this.at(event.atMs, event.id, event.kind, () => happen(this, event));
    }
  }

  at(waitMs: number, request: string, what: string, run: () => string): void {
    this.scheduler.park(waitMs, { owner: 'world', request, what }, run);
  }

  startAfter(place: number, waitMs: number): void {
    this.at(waitMs, '', 'start', () => {
      if (this.replicas[place] !== undefined) return 'runs already';
      if (this.#isReaping) {
        this.startAfter(place, this.scheduler.nowMs < OPENING_MS ? 10 : START_AGAIN_MS);
        return 'waits';
      }
      const number = (this.#starts[place] ?? 0) + 1;
      this.#starts[place] = number;
      const replica = new Replica(this, `replica-${place}.${number}`, this.#wallOffsets[place] ?? 0);
      // One process ends the holds of all others, so that may only be done by one that is alone.
      const mayReap = this.replicas.every((other) => other === undefined);
      this.replicas[place] = replica;
      this.#isReaping = mayReap;
      const started = replica.start({ mayReap }).finally(() => {
        if (this.replicas[place] === replica && mayReap) this.#isReaping = false;
      });
      started.catch(() => {
        if (this.replicas[place] !== replica) return;
        this.stop(place, 'failed to start');
        this.startAfter(place, START_AGAIN_MS);
      });
      return replica.owner;
    });
  }

  /**
   * A process is gone, at once. What it had sent to storage may be carried out all the same; its callers see their
   * connections break, its upstreams too.
   */
  stop(place: number, how: string): string {
    const replica = this.replicas[place];
    if (replica === undefined) return 'was not running';
    this.replicas[place] = undefined;
    if (!replica.isServing) this.#isReaping = false;
    replica.die();
    const { owner } = replica;
    for (const parked of this.scheduler.parked(owner)) {
      this.scheduler.cancel(parked);
      if (parked.effect === undefined || !this.random.chance(0.5)) continue;
      const { request, what } = parked;
      this.scheduler.park(0, { owner: 'storage', request, what: `${what} of a dead process` }, parked.effect);
    }
    for (const client of this.clients) {
      const call = this.auditor.call(client.plan.id);
      if (call.owner !== owner) continue;
      for (const upstream of call.upstreams) upstream.endAs('crashed');
      if (call.overCount === 0) client.loseServer();
    }
    return `${owner} ${how}`;
  }

  /** When nothing is under way any more, nobody may be told that too much is. */
  async checkPlaces(): Promise<void> {
    for (const replica of this.replicas) {
      for (const { plan } of this.clients) {
        if (replica?.isServing && (await replica.hasNoPlace(plan))) this.auditor.placeLost(plan.id);
      }
    }
  }

  moveWallClock(place: number, jumpMs: number): string {
    this.#wallOffsets[place] = (this.#wallOffsets[place] ?? 0) + jumpMs;
    const clock = this.replicas[place]?.clock;
    if (clock !== undefined) clock.wallOffsetMs += jumpMs;
    return `${jumpMs} ms`;
  }

  /** What waits for this command happens now, to the process that has just sent it. */
  #happenIfDue(name: string, owner: string): void {
    if (this.faults.isCalm) return;
    const place = this.replicas.findIndex((replica) => replica?.owner === owner);
    for (const waiting of this.onCommands) {
      if (waiting.name !== name || place < 0) continue;
      waiting.nth -= 1;
      if (waiting.nth !== 0) continue;
      this.at(this.random.whole(0, 2), waiting.id, `due on ${name}`, () => waiting.carryOut(place));
    }
  }

  #anyReplica(): Replica | undefined {
    const serving = this.replicas.filter((replica) => replica?.isServing);
    return serving.length === 0 ? undefined : this.random.pick(serving);
  }
}
