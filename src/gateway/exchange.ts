import type { CatalogueModel } from '../domain/model-catalogue.ts';
import type { PriceSheet } from '../domain/price.ts';
import type { Dialect } from '../protocol/xai-chat/error.ts';
import type { ChatRequest } from '../protocol/xai-chat/request.ts';
import type { KeyWithOwner } from '../storage/key-store.ts';
import type { RequestOrigin } from '../storage/ledger-store.ts';
import type { Upstream } from '../upstream/upstream.ts';
import type { Admission } from './admit.ts';
import type { AnswerRecording } from './answer-recording.ts';
import type { Ending } from './ending.ts';
import type { Meter } from './meter.ts';
import type { RequestTrace } from './request-trace.ts';
import type { Reservation } from './reserve-credit.ts';
import type { Stopwatch } from './stopwatch.ts';

/** One request of a known key, from its arrival to its record. */
export interface Exchange {
  readonly id: string;
  readonly atMs: number;
  readonly caller: KeyWithOwner;
  readonly dialect: Dialect;
  readonly stopwatch: Stopwatch;
  readonly ending: Ending;
  readonly trace: RequestTrace | undefined;
  /** Where the answer is to be kept for whoever sends the same request again. */
  readonly recording: AnswerRecording | undefined;
}

/** What was asked and what will answer it. */
interface Routing {
  readonly chat: ChatRequest;
  readonly model: CatalogueModel;
  /** Another one takes its place when it fails before it has begun to answer; the record names the one that answered. */
  upstream: Upstream;
  /** What may answer in its place, the preferred first; those that were tried are no longer among them. */
  substitutes: readonly Upstream[];
  /** The price in force now; it stays in force for this request. */
  readonly sheet: PriceSheet;
}

/** An exchange that knows what was asked and what will answer it. */
export interface RoutedExchange extends Exchange, Routing {}

/** What a request has once it is let in and its credit is set aside. */
interface Payment {
  readonly admission: Admission;
  readonly reservation: Reservation;
  readonly meter: Meter;
}

/** An exchange that was let in and whose credit is set aside. It must be settled, exactly once. */
export interface PaidExchange extends RoutedExchange, Payment {}

// Field by field, because copying an object of which the engine knows no shape costs a microsecond each time.

export function toRouted(exchange: Exchange, routing: Routing): RoutedExchange {
  const { chat, model, upstream, substitutes, sheet } = routing;
  const { id, atMs, caller, dialect, stopwatch, ending, trace, recording } = exchange;
  return {
    id,
    atMs,
    caller,
    dialect,
    stopwatch,
    ending,
    trace,
    recording,
    chat,
    model,
    upstream,
    substitutes,
    sheet,
  };
}

export function toPaid(exchange: RoutedExchange, { admission, reservation, meter }: Payment): PaidExchange {
  const { id, atMs, caller, dialect, stopwatch, ending, trace, recording } = exchange;
  const { chat, model, upstream, substitutes, sheet } = exchange;
  return {
    id,
    atMs,
    caller,
    dialect,
    stopwatch,
    ending,
    trace,
    recording,
    chat,
    model,
    upstream,
    substitutes,
    sheet,
    admission,
    reservation,
    meter,
  };
}

export function originOf({ caller, model, upstream, chat }: RoutedExchange): RequestOrigin {
  return {
    organizationId: caller.organizationId,
    userId: caller.userId,
    keyId: caller.id,
    model: model.id,
    channel: upstream.name,
    upstreamModel: upstream.upstreamModel(model.id),
    streamed: chat.stream,
    simulated: upstream.simulated,
  };
}

/** The name that answers report. A simulated answer can never be taken for the model's. */
export function reportedModel({ model, upstream }: RoutedExchange): string {
  return upstream.simulated ? `${model.id}-simulated` : model.id;
}
