import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash } from 'node:crypto';
import { type Failure, isFailure } from '../../../src/domain/failure.ts';
import { type CatalogueModel, ModelCatalogue } from '../../../src/domain/model-catalogue.ts';
import { AdmissionDesk } from '../../../src/gateway/admit.ts';
import { CreditQueue } from '../../../src/gateway/credit-queue.ts';
import { ExchangeRegister } from '../../../src/gateway/exchange-register.ts';
import type { Gateway, GatewayAnswer, GatewayRequest } from '../../../src/gateway/gateway.ts';
import { answerChat } from '../../../src/gateway/pipeline.ts';
import { RecordingRoom } from '../../../src/gateway/recording-room.ts';
import { UpstreamHealth } from '../../../src/gateway/upstream-health.ts';
import type { Change } from '../../../src/ports/changes.ts';
import { Mirror } from '../../../src/process/mirror.ts';
import { KeyDirectory } from '../../../src/storage/key-directory.ts';
import type { UpstreamCall } from '../../../src/upstream/upstream.ts';
import type { Auditor } from '../auditor/auditor.ts';
import { countWords } from '../auditor/measure-usage.ts';
import type { ClientPlan, Plan, SheetPlan } from '../plan/plan.ts';
import type { Scheduler } from '../scheduler.ts';
import type { SeededRandom } from '../seeded-random.ts';
import type { DurableStorage } from './durable-storage.ts';
import { ReplicaClock } from './replica-clock.ts';
import { SimulatedKeys } from './simulated-keys.ts';
import { SimulatedLedger } from './simulated-ledger.ts';
import { SimulatedUpstream } from './simulated-upstream.ts';
import type { StorageFaults } from './storage-faults.ts';
import { callStorage } from './storage-port.ts';

/** Streams that are ended at a shut-down get this long to be charged and to say so, as in `process/shut-down.ts`. */
const LAST_WORDS_MS = 5_000;

export interface ReplicaSurroundings {
  readonly plan: Plan;
  readonly scheduler: Scheduler;
  readonly random: SeededRandom;
  readonly durable: DurableStorage;
  readonly faults: StorageFaults;
  readonly auditor: Auditor;
}

/**
 * One process: the real gateway, put together as `process/compose.ts` does it, over ports of the simulated world. It is
 * thrown away when it crashes; what it had under way is never heard of again.
 */
export class Replica {
  readonly owner: string;
  readonly processId: string;
  readonly clock: ReplicaClock;
  readonly ledger: SimulatedLedger;
  readonly #idempotency: SimulatedKeys;
  readonly #requestNow = new AsyncLocalStorage<string>();
  readonly #world: ReplicaSurroundings;
  readonly #keys: KeyDirectory;
  readonly #exchanges = new ExchangeRegister();
  readonly #gateway: Gateway;
  readonly #mirror: Mirror<readonly CatalogueModel[]>;
  #catalogue = new ModelCatalogue([]);
  #isGone = false;
  isServing = false;

  constructor(world: ReplicaSurroundings, owner: string, wallOffsetMs: number) {
    const { scheduler, random, durable, faults, auditor } = world;
    this.#world = world;
    this.owner = owner;
    this.processId = `process of ${owner}`;
    this.clock = new ReplicaClock(scheduler, owner, wallOffsetMs);
    this.ledger = new SimulatedLedger({
      ...{ scheduler, owner, faults, auditor, durable: durable.ledger },
      isGone: () => this.#isGone,
      sheetsOf: (requestId) => {
        const { plan, arrivedAtMs } = auditor.call(requestId);
        const momentsMs = [arrivedAtMs, this.clock.nowMs()];
        return this.#sheetsBetween(plan.model.id, Math.min(...momentsMs), Math.max(...momentsMs));
      },
    });
    this.#idempotency = new SimulatedKeys({
      ...{ scheduler, owner, faults, auditor, durable: durable.idempotency },
      isGone: () => this.#isGone,
    });
    const keys = world.plan.accounts.flatMap((account) => account.keys);
    const keyIds = new Map(keys.map(({ id, text }) => [sha256(text), id]));
    this.#keys = new KeyDirectory({
      findByHash: (hash) => {
        const heard = auditor.keyAsked(owner, keyIds.get(hash) ?? '');
        return this.#read('key', () => durable.keys.findByHash(hash), heard);
      },
    });
    this.#mirror = new Mirror({
      clock: this.clock,
      read: () => this.#read('catalogue', () => durable.catalogue.list()),
      show: (models) => {
        this.#catalogue = new ModelCatalogue(models);
      },
      onFailure: () => {},
    });
    const surroundings = {
      ...{ scheduler, random, owner },
      requestNow: () => this.#requestNow.getStore() ?? '',
      clientOf: (id: string) => auditor.call(id).plan,
      observe: (id: string, call: UpstreamCall) => auditor.upstreamCalled(id, call),
      callsOf: (id: string) => auditor.call(id).upstreams.length,
    };
    const upstreams = Array.from(
      { length: world.plan.upstreams },
      (_, index) => new SimulatedUpstream(`upstream-${index}`, surroundings),
    );
    const log = (event: string, facts?: Parameters<Gateway['log']['info']>[1]) =>
      auditor.logged(event, facts);
    this.#gateway = {
      clock: this.clock,
      log: { info: log, warn: log, error: log },
      ledger: this.ledger,
      usage: {
        ...{
          requests: durable.usage.requests.bind(durable.usage),
          daily: durable.usage.daily.bind(durable.usage),
        },
        record: (record) => this.#write('record', record.requestId, () => durable.usage.record(record)),
      },
      keys: this.#keys,
      tokeniser: {
        name: 'words',
        count: (text) => this.#count([text].flat().join(' ')),
        tokens: async () => [],
      },
      admission: new AdmissionDesk(this.clock, { enabled: true }),
      credit: new CreditQueue(this.clock),
      exchanges: this.#exchanges,
      idempotency: this.#idempotency,
      recordings: new RecordingRoom(world.plan.recordingCharacters),
      processId: this.processId,
      catalogue: () => this.#catalogue,
      upstreamsOf: () => upstreams,
      health: new UpstreamHealth(this.clock),
      sha256,
      observe: (record) => auditor.recorded(record),
    };
  }

  get exchanges(): number {
    return this.#exchanges.count;
  }

  /** What `process/serve.ts` does: ends the holds and the keys of dead processes, reads the catalogue, serves. */
  async start({ mayReap }: { mayReap: boolean }): Promise<void> {
    if (mayReap) {
      await this.ledger.expireHoldsOfOthers(this.processId, this.clock.nowMs());
      await this.#idempotency.interruptClaimsOfOthers(this.processId);
    }
    const models = await this.#read('catalogue', () => this.#world.durable.catalogue.list());
    this.#catalogue = new ModelCatalogue(models);
    this.isServing = true;
  }

  /** The numbers that its catalogue shows now. */
  sheetOf(modelId: string, atMs = this.clock.nowMs()): SheetPlan | undefined {
    const sheets = this.#catalogue.find(modelId)?.prices ?? [];
    const valid = sheets.filter(({ validFromMs }) => validFromMs <= atMs);
    const youngest = valid.reduce<(typeof valid)[number] | undefined>(
      (best, sheet) => (best === undefined || sheet.validFromMs >= best.validFromMs ? sheet : best),
      undefined,
    );
    if (youngest === undefined) return undefined;
    const { inputTicksPerToken, cachedInputTicksPerToken, outputTicksPerToken } = youngest;
    return { input: inputTicksPerToken, cached: cachedInputTicksPerToken, output: outputTicksPerToken };
  }

  /** Those that were in force at some moment of these, as its catalogue shows it now. */
  #sheetsBetween(modelId: string, fromMs: number, untilMs: number): SheetPlan[] {
    const changesMs = (this.#catalogue.find(modelId)?.prices ?? []).map(({ validFromMs }) => validFromMs);
    const momentsMs = [fromMs, ...changesMs.filter((atMs) => atMs > fromMs && atMs <= untilMs)];
    return momentsMs.flatMap((atMs) => this.sheetOf(modelId, atMs) ?? []);
  }

  answer(request: Omit<GatewayRequest, 'arrivedMs' | 'dialect'>): Promise<GatewayAnswer | Failure> {
    const arrivedMs = this.clock.monotonicMs();
    return this.#requestNow.run(request.id, () =>
      answerChat(this.#gateway, { ...request, dialect: 'xai', arrivedMs }),
    );
  }

  changed(change: Change): void {
    if (this.#isGone) return;
    this.#keys.invalidate(change);
    if (change.kind === 'model') this.#mirror.refresh();
    if (change.kind === 'credit') this.#gateway.credit.released(change.id);
  }

  /** Whether a call like this would be refused, because as many as may be are said to be under way. */
  async hasNoPlace({ account, key, model }: ClientPlan): Promise<boolean> {
    const row = await this.#world.durable.keys.find(account.id, key.id);
    const catalogueModel = this.#catalogue.find(model.id);
    if (row === undefined || catalogueModel === undefined) return false;
    const caller = { ...row, organizationBlocked: false, userBanned: false };
    try {
      const admission = await this.#gateway.admission.admit(caller, catalogueModel, 0, AbortSignal.abort());
      if (isFailure(admission)) return admission.message.includes('at a time');
      admission.leave(0);
      return false;
    } catch {
      // It would have to wait a moment, and gives up at once; it has a place.
      return false;
    }
  }

  /** Lets those under way finish, as long as the grace lasts; then ends them in words. */
  drain(graceMs: number): Promise<number> {
    this.isServing = false;
    return this.#exchanges.drain(this.clock, graceMs, LAST_WORDS_MS);
  }

  /** From here on it does nothing any more, and hears nothing. */
  die(): void {
    this.#isGone = true;
    this.isServing = false;
    this.clock.stop();
  }

  async #count(text: string): Promise<{ tokens: number; exact: boolean }> {
    const { plan, scheduler, random } = this.#world;
    if (plan.faults.has('tokeniser-slow') && random.chance(0.3)) {
      await new Promise<void>((resolve) => {
        const facts = { owner: this.owner, request: '', what: 'tokeniser' };
        scheduler.park(random.whole(0, 80), facts, () => {
          resolve();
          return 'counted';
        });
      });
    }
    return { tokens: countWords(text), exact: true };
  }

  #read<T>(what: string, read: () => Promise<T>, heard = () => {}): Promise<T> {
    const { scheduler, faults } = this.#world;
    if (this.#isGone) return new Promise(() => {});
    const facts = { owner: this.owner, request: '', what: `read ${what}` };
    const witness = { carriedOut: () => {}, heard };
    return callStorage(scheduler, facts, faults.readFate(scheduler.nowMs), read, witness);
  }

  #write(what: string, request: string, write: () => Promise<void>): Promise<void> {
    const { scheduler, faults } = this.#world;
    if (this.#isGone) return new Promise(() => {});
    return callStorage(
      scheduler,
      { owner: this.owner, request, what },
      faults.fate(what, scheduler.nowMs),
      write,
      undefined,
    );
  }
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
