import type { Clock } from '../ports/clock.ts';
import type { JsonObject } from '../protocol/parse-json.ts';
import { finishReasonsOf } from '../protocol/xai-chat/finish-reasons.ts';
import type { Upstream } from '../upstream/upstream.ts';

/** Reasons that are kept of one answer; no catalogue offers more choices worth reading in a trace. */
const REASONS_AT_MOST = 16;

/** Where a request stands in its trace. */
export interface TracePlace {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** The caller's span, if the caller is part of the trace. */
  readonly parentSpanId: string | undefined;
  /** False: it is counted, but not traced. */
  readonly isSampled: boolean;
  /** The path of the route that was called, which comes from the list of routes. */
  readonly path: string;
}

/**
 * What a request's record does not say and its trace does: when its upstream was busy, and why its answer ended. The
 * steps of the pipeline note it on the way, where there is somebody who wants to know. Nothing of it is the caller's
 * or the model's text.
 */
export class RequestTrace {
  readonly place: TracePlace;
  readonly startedAtMs: number;
  readonly #clock: Clock;
  readonly #arrivedMs: number;
  #upstream: Upstream | undefined;
  #calledAfterMs: number | undefined;
  #endedAfterMs: number | undefined;
  #finishReasons: readonly string[] = [];

  /** `arrivedMs` is monotonic. */
  constructor(clock: Clock, place: TracePlace, arrivedMs: number) {
    this.#clock = clock;
    this.place = place;
    this.#arrivedMs = arrivedMs;
    this.startedAtMs = clock.nowMs() - (clock.monotonicMs() - arrivedMs);
  }

  /** Undefined when the request never got so far. */
  get upstream(): Upstream | undefined {
    return this.#upstream;
  }

  /** Between the request's arrival and the call of its upstream. */
  get calledAfterMs(): number | undefined {
    return this.#calledAfterMs;
  }

  /** Between the request's arrival and the last that was heard of its upstream. */
  get endedAfterMs(): number | undefined {
    return this.#endedAfterMs;
  }

  get finishReasons(): readonly string[] {
    return this.#finishReasons;
  }

  upstreamCalled(upstream: Upstream): void {
    this.#upstream = upstream;
    this.#calledAfterMs = this.#clock.monotonicMs() - this.#arrivedMs;
  }

  /** The first time counts. */
  upstreamEnded(): void {
    if (this.#calledAfterMs !== undefined) this.#endedAfterMs ??= this.#clock.monotonicMs() - this.#arrivedMs;
  }

  /** Notes why the choices of an answer, or of a chunk of one, ended. */
  choicesEnded(value: JsonObject): void {
    this.#finishReasons = [...this.#finishReasons, ...finishReasonsOf(value)].slice(0, REASONS_AT_MOST);
  }
}
