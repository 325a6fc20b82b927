import { isFailure } from '../../../src/domain/failure.ts';
import type { GatewayAnswer } from '../../../src/gateway/gateway.ts';
import { writeError } from '../../../src/protocol/xai-chat/error.ts';
import type { Auditor } from '../auditor/auditor.ts';
import type { ObservedCall } from '../auditor/observed-call.ts';
import type { ClientPlan, LeavePlan } from '../plan/plan.ts';
import type { Scheduler } from '../scheduler.ts';
import type { SeededRandom } from '../seeded-random.ts';
import type { Replica } from './replica.ts';

export interface ClientSurroundings {
  readonly scheduler: Scheduler;
  readonly random: SeededRandom;
  readonly auditor: Auditor;
}

/** One caller: sends its request, reads the answer at its pace, leaves where its plan says, and keeps every byte. */
export class SimulatedClient {
  readonly plan: ClientPlan;
  readonly #world: ClientSurroundings;
  readonly #random: SeededRandom;
  readonly #observed: ObservedCall;
  readonly #hangUp = new AbortController();
  #reader: ReadableStreamDefaultReader<Uint8Array> | undefined;

  constructor(world: ClientSurroundings, plan: ClientPlan) {
    this.plan = plan;
    this.#world = world;
    this.#random = world.random.fork(`${plan.id} reads`);
    this.#observed = world.auditor.call(plan.id);
  }

  call(replica: Replica | undefined): string {
    const observed = this.#observed;
    observed.arrivedMs = this.#world.scheduler.nowMs;
    if (replica === undefined) {
      observed.fate = 'no-server';
      return 'nobody serves';
    }
    observed.owner = replica.owner;
    observed.arrivedAtMs = replica.clock.nowMs();
    const sheet = replica.sheetOf(this.plan.model.id);
    if (sheet !== undefined) observed.sheets.push(sheet);
    this.#ask(replica).catch((reason) => this.#world.auditor.broken(this.plan.id, reason));
    const { leaves } = this.plan;
    if (leaves?.afterMs !== undefined)
      this.#later(leaves.afterMs, 'client leaves', () => this.#leave(leaves));
    return 'asked';
  }

  /** The process that had its request is gone. */
  loseServer(): void {
    if (this.#observed.fate === 'open') this.#observed.fate = 'broken';
    this.#world.auditor.caused(this.plan.id, 'crash');
  }

  async #ask(replica: Replica): Promise<void> {
    const { plan } = this;
    const answer = await replica.answer({
      id: plan.id,
      credential: plan.oddity === 'wrong-key' ? `xai-${'0'.repeat(80)}` : plan.key.text,
      clientAddress: () => undefined,
      bodyText: writeBody(plan),
      idempotencyKey: plan.idempotency?.key,
      signal: this.#hangUp.signal,
      onOver: () => {
        this.#observed.overCount += 1;
      },
    });
    if (this.#observed.fate !== 'open') return;
    if (isFailure(answer)) {
      this.#observed.status = answer.httpStatus;
      this.#take(new TextEncoder().encode(writeError(answer, 'xai')), 'whole');
      return;
    }
    this.#observed.status = answer.status;
    this.#observed.isReplayed = answer.headers['idempotent-replayed'] === 'true';
    this.#receive(answer);
  }

  #receive({ body }: GatewayAnswer): void {
    if (typeof body === 'string') {
      this.#take(new TextEncoder().encode(body), 'whole');
      return;
    }
    this.#reader = body.getReader();
    this.#readLater();
  }

  #readLater(): void {
    const [least, most] = this.plan.readEveryMs;
    this.#later(this.#random.whole(least, most), 'client reads', () => {
      this.#read().catch((reason) => this.#world.auditor.broken(this.plan.id, reason));
      return '';
    });
  }

  async #read(): Promise<void> {
    if (this.#observed.fate !== 'open' || this.#reader === undefined) return;
    const piece = await this.#reader.read().catch(() => undefined);
    if (this.#observed.fate !== 'open') return;
    if (piece === undefined) {
      this.#observed.fate = 'broken';
      return;
    }
    if (piece.done) {
      this.#take(new Uint8Array(), 'whole');
      return;
    }
    this.#take(piece.value, 'open');
    if (this.#observed.fate === 'open') this.#readLater();
  }

  /** Takes bytes, up to where its plan has it leave. */
  #take(bytes: Uint8Array, fate: 'open' | 'whole'): void {
    const observed = this.#observed;
    const { leaves } = this.plan;
    const most = (leaves?.afterBytes ?? Number.POSITIVE_INFINITY) - observed.body.bytes;
    observed.body.take(this.plan.stream ? bytes.subarray(0, Math.max(0, most)) : bytes);
    const leavesNow = leaves !== undefined && bytes.length >= most && this.plan.stream;
    observed.fate = leavesNow ? observed.fate : fate;
    this.#world.auditor.delivered(observed);
    if (leavesNow) this.#leave(leaves);
  }

  #leave({ how }: LeavePlan): string {
    const observed = this.#observed;
    if (observed.fate !== 'open') return 'was gone';
    observed.fate = 'left';
    observed.leftMs = this.#world.scheduler.nowMs;
    this.#world.auditor.caused(this.plan.id, 'client-gone');
    if (how !== 'cancel') this.#hangUp.abort();
    if (how !== 'signal') this.#reader?.cancel().catch(() => {});
    return how;
  }

  #later(waitMs: number, what: string, run: () => string): void {
    const facts = { owner: 'clients', request: this.plan.id, what };
    this.#world.scheduler.park(waitMs, facts, run);
  }
}

/** Stands in every prompt, and must stand in no log. */
const PROMPT_CANARY = 'canary-prompt';

function writeBody(plan: ClientPlan): string {
  const content = [PROMPT_CANARY, ...Array.from({ length: plan.promptWords - 1 }, () => 'word')].join(' ');
  if (plan.oddity === 'bad-json') return `{"messages": "${PROMPT_CANARY}`;
  return JSON.stringify({
    model: plan.oddity === 'unknown-model' ? 'nobody' : plan.model.id,
    messages: [{ role: 'user', content }],
    user: plan.idempotency?.sentFirstBy ?? plan.id,
    stream: plan.stream,
    n: plan.choices,
    ...(plan.maximumTokens === undefined ? {} : { max_tokens: plan.maximumTokens }),
    ...(plan.includeUsage ? { stream_options: { include_usage: true } } : {}),
  });
}
