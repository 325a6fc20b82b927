import {
  type Upstream,
  type UpstreamCall,
  UpstreamError,
  type UpstreamResponse,
} from '../../../src/upstream/upstream.ts';
import type { ObservedUpstreamCall } from '../auditor/observed-call.ts';
import type { AnswerPlan, ClientPlan } from '../plan/plan.ts';
import type { Parked, Scheduler } from '../scheduler.ts';
import type { SeededRandom } from '../seeded-random.ts';
import { type Move, writeAnswer } from './write-answer.ts';

/** What a simulated upstream needs of its world. */
export interface UpstreamSurroundings {
  readonly scheduler: Scheduler;
  readonly random: SeededRandom;
  /** The replica that calls. */
  readonly owner: string;
  /** Which request calls: two with one idempotency key have the same body. */
  readonly requestNow: () => string;
  readonly clientOf: (id: string) => ClientPlan;
  readonly observe: (requestId: string, call: UpstreamCall) => ObservedUpstreamCall;
  /** Upstreams that were called for a request up to now. */
  readonly callsOf: (requestId: string) => number;
}

const NO_LIMIT = 1_000_000;

/** One of several upstreams that answer every request as its client's plan says, whichever of them is asked first. */
export class SimulatedUpstream implements Upstream {
  readonly name: string;
  readonly kind = 'openai-compatible';
  readonly simulated = false;
  readonly inputModalities = ['text'] as const;
  readonly #world: UpstreamSurroundings;

  constructor(name: string, world: UpstreamSurroundings) {
    this.name = name;
    this.#world = world;
  }

  upstreamModel(model: string): string {
    return `${model}-upstream`;
  }

  send(call: UpstreamCall): Promise<UpstreamResponse> {
    const body = JSON.parse(call.body) as {
      max_tokens?: number;
      max_completion_tokens?: number;
    };
    const requestId = this.#world.requestNow();
    const observed = this.#world.observe(requestId, call);
    const client = this.#world.clientOf(requestId);
    const cap = body.max_completion_tokens ?? body.max_tokens ?? NO_LIMIT;
    const random = this.#world.random.fork(`answer of ${client.id}`);
    const head = client.failures[this.#world.callsOf(requestId) - 1] ?? client.answer.head;
    const moves = isStatus(head)
      ? errorBody(client, head)
      : writeAnswer({ plan: client.answer, client, cap, random });
    return new Promise((resolve, reject) => {
      new UpstreamExchange(this.#world, client, head, call, observed, moves).answer(resolve, reject);
    });
  }
}

/** One call: a head, then a body that makes a move each time somebody reads. */
class UpstreamExchange {
  readonly #world: UpstreamSurroundings;
  readonly #client: ClientPlan;
  readonly #head: AnswerPlan['head'];
  readonly #call: UpstreamCall;
  readonly #observed: ObservedUpstreamCall;
  readonly #moves: Iterator<Move>;
  #parked: Parked | undefined;
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;

  constructor(
    world: UpstreamSurroundings,
    client: ClientPlan,
    head: AnswerPlan['head'],
    call: UpstreamCall,
    observed: ObservedUpstreamCall,
    moves: Iterator<Move>,
  ) {
    this.#world = world;
    this.#client = client;
    this.#head = head;
    this.#call = call;
    this.#observed = observed;
    this.#moves = moves;
  }

  answer(resolve: (response: UpstreamResponse) => void, reject: (reason: Error) => void): void {
    const head = this.#head;
    const { headMs } = this.#client.answer;
    const { signal } = this.#call;
    const onAbort = () => {
      this.#end('aborted');
      const reason = new UpstreamError('aborted', 'the call was ended');
      reject(reason);
      this.#controller?.error(reason);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) {
      onAbort();
      return;
    }
    if (head === 'hang') return;
    this.#later(headMs, 'head', () => {
      if (head === 'reset' || head === 'refused' || head === 'timed-out') {
        this.#end('reset');
        reject(new UpstreamError(head, 'canary-upstream'));
        return head;
      }
      this.#observed.status = typeof head === 'number' ? head : 200;
      resolve(this.#response(this.#observed.status));
      return String(this.#observed.status);
    });
  }

  #response(status: number): UpstreamResponse {
    const { answer, stream } = this.#client;
    const type = stream && answer.ending !== 'error-inside' ? 'text/event-stream' : 'application/json';
    const headers: Record<string, string | undefined> = {
      'content-type': this.#head === 'page' ? 'text/html' : type,
      'retry-after': answer.retryAfter,
    };
    const body = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.#controller = controller;
        },
        pull: () => this.#move(),
        cancel: () => this.#end('cancelled'),
      },
      { highWaterMark: 0 },
    );
    return { status, header: (name) => headers[name] ?? null, body };
  }

  /** Resolves when something was sent; a body that hangs never does. */
  #move(): Promise<void> {
    const next = this.#moves.next();
    const move: Move = next.done ? { kind: 'end', waitMs: 0 } : next.value;
    return new Promise((resolve) => {
      if (move.kind === 'hang') return;
      this.#later(move.waitMs, `upstream ${move.kind}`, () => {
        resolve();
        if (move.kind === 'bytes') {
          this.#observed.read(move.bytes);
          this.#controller?.enqueue(move.bytes);
          return `${move.bytes.length} bytes`;
        }
        if (move.kind === 'end') {
          this.#end('closed');
          this.#controller?.close();
        } else {
          this.#end('reset');
          this.#controller?.error(new UpstreamError('reset', 'the connection broke'));
        }
        return move.kind;
      });
    });
  }

  #later(waitMs: number, what: string, run: () => string): void {
    const { scheduler, owner } = this.#world;
    this.#parked = scheduler.park(waitMs, { owner, request: this.#client.id, what }, run);
  }

  #end(how: NonNullable<ObservedUpstreamCall['end']>): void {
    if (this.#parked !== undefined) this.#world.scheduler.cancel(this.#parked);
    this.#observed.endAs(how);
  }
}

function isStatus(head: AnswerPlan['head']): boolean {
  return typeof head === 'number' || head === 'page';
}

function* errorBody({ answer }: ClientPlan, head: AnswerPlan['head']): Generator<Move> {
  const sentence =
    answer.cachedShare === 0 ? 'your api key sk-canary has no credit' : 'temperature is too high';
  const text =
    head === 'page' ? '<html>canary-upstream</html>' : JSON.stringify({ error: { message: sentence } });
  yield { kind: 'bytes', waitMs: 1, bytes: new TextEncoder().encode(text) };
  if (answer.ending === 'hang') yield { kind: 'hang', waitMs: 0 };
}
