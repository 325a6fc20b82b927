import type { FetchAttempt, LocalModelPart } from '../../language/sentences.ts';
import type { Clock } from '../../ports/clock.ts';
import type { FetchProgress } from './fetch-progress.ts';
import type { LocalEngine } from './local-engine.ts';
import type { PreparedEngine, PrepareResult } from './prepare-local-engine.ts';

/** How the model on this machine stands. */
export interface LocalModelState {
  readonly phase: 'off' | 'fetching' | 'starting' | 'running' | 'paused' | 'failed';
  /** What is being fetched: the program that runs models, then the model. */
  readonly part: LocalModelPart | null;
  readonly doneBytes: number | null;
  readonly totalBytes: number | null;
  /** Over the last seconds; null until that can be said. */
  readonly bytesPerSecond: number | null;
  readonly modelName: string | null;
  /** Why it is not here, after `failed`; `not-started` when everything was fetched. */
  readonly fault: FetchAttempt['fault'] | 'not-started' | null;
}

export interface LocalModelDeskParts {
  readonly clock: Pick<Clock, 'monotonicMs'>;
  /** Fetches what is not here yet; what a paused fetch had is not fetched again. */
  prepare(report: (progress: FetchProgress) => void, signal: AbortSignal): Promise<PrepareResult>;
  start(prepared: PreparedEngine, signal: AbortSignal): Promise<LocalEngine>;
  /** Throws away what a fetch has so far. */
  discard(): Promise<void>;
  /** It runs: calls may go to it. */
  adopt(engine: LocalEngine): void;
}

const OFF: LocalModelState = {
  ...{ phase: 'off', part: null, doneBytes: null, totalBytes: null },
  ...{ bytesPerSecond: null, modelName: null, fault: null },
};

/** The rate is that of about as long as this. */
const RATE_MS = 3_000;

/** Fetches and starts a small model while the server serves, and stops, goes on or gives up when it is told to. */
export class LocalModelDesk {
  readonly #parts: LocalModelDeskParts;
  #state = OFF;
  #stop: AbortController | undefined;
  #running: Promise<void> | undefined;
  #engine: LocalEngine | undefined;
  #rateFrom: { readonly atMs: number; readonly bytes: number } | undefined;

  constructor(parts: LocalModelDeskParts) {
    this.#parts = parts;
  }

  get state(): LocalModelState {
    return this.#state;
  }

  /** One that the start has brought up already. */
  took(engine: LocalEngine): void {
    this.#parts.adopt(engine);
    this.#state = { ...OFF, phase: 'running', modelName: engine.upstreamModel('') };
  }

  /** Begins, or goes on where it was paused. Does nothing while it is busy or runs. */
  begin(): void {
    if (this.#stop !== undefined || this.#state.phase === 'running') return;
    const stop = new AbortController();
    this.#stop = stop;
    this.#rateFrom = undefined;
    this.#state = { ...this.#state, phase: 'fetching', bytesPerSecond: null, fault: null };
    this.#running = this.#run(stop.signal).finally(() => {
      this.#stop = undefined;
    });
  }

  /** Stops the fetch; what it has stays for the next time. */
  async pause(): Promise<void> {
    this.#stop?.abort();
    await this.#running;
  }

  /** Stops the fetch and throws away what it has. */
  async cancel(): Promise<void> {
    await this.pause();
    if (this.#state.phase === 'running') return;
    await this.#parts.discard();
    this.#state = OFF;
  }

  /** Ends whatever goes on, and the engine if this has started it. */
  async close(): Promise<void> {
    await this.pause();
    await this.#engine?.stop();
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { prepared, failed } = await this.#parts.prepare((progress) => this.#note(progress), signal);
    if (signal.aborted) return this.#end('paused');
    if (prepared === undefined) return this.#end('failed', failed.at(-1)?.fault ?? 'failed');
    this.#state = { ...OFF, phase: 'starting', modelName: prepared.modelName };
    try {
      this.#engine = await this.#parts.start(prepared, signal);
    } catch {
      return signal.aborted ? this.#end('paused') : this.#end('failed', 'not-started');
    }
    this.#parts.adopt(this.#engine);
    this.#state = { ...OFF, phase: 'running', modelName: prepared.modelName };
  }

  #end(phase: 'paused' | 'failed', fault: LocalModelState['fault'] = null): void {
    this.#state = { ...this.#state, phase, fault, bytesPerSecond: null };
  }

  #note(progress: FetchProgress): void {
    if (progress.kind === 'starting') {
      this.#rateFrom = undefined;
      this.#state = { ...OFF, phase: 'fetching', part: progress.part };
    }
    if (progress.kind !== 'advancing') return;
    const { part, doneBytes, totalBytes = null } = progress;
    this.#state = { ...this.#state, part, doneBytes, totalBytes, bytesPerSecond: this.#rate(doneBytes) };
  }

  #rate(bytes: number): number | null {
    const atMs = this.#parts.clock.monotonicMs();
    const from = this.#rateFrom;
    if (from === undefined || bytes < from.bytes) {
      this.#rateFrom = { atMs, bytes };
      return null;
    }
    const passedMs = atMs - from.atMs;
    if (passedMs < 500) return this.#state.bytesPerSecond;
    const rate = Math.round(((bytes - from.bytes) * 1_000) / passedMs);
    // The window moves on by halves, so that a line that became slow shows it.
    if (passedMs > RATE_MS)
      this.#rateFrom = { atMs: atMs - RATE_MS / 2, bytes: bytes - (rate * RATE_MS) / 2_000 };
    return rate;
  }
}
