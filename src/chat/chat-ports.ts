import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Random } from '../ports/random.ts';
import type { ChatStore } from '../storage/chat-store.ts';
import type { ReportStore } from '../storage/report-store.ts';

/** What conversations are built from. */
export interface ChatPorts {
  readonly chats: ChatStore;
  /** Knows the bill of a call whose stream did not come to it. */
  readonly reports: Pick<ReportStore, 'findRequest'>;
  readonly clock: Clock;
  readonly random: Pick<Random, 'uuid'>;
  readonly log: Log;
  /** Marks the generations of this process. */
  readonly processId: string;
}

/** Calls a model for a person, with their team's credit and limits. Bound to the person by whoever hands it over. */
export type CallModel = (call: ModelCall) => Promise<ModelAnswer>;

export interface ModelCall {
  /** A bare UUID: the request's id, and the generation's. */
  readonly id: string;
  /** A chat-completions request that asks for a stream. */
  readonly bodyText: string;
  /** Aborted to stop the model; what was written until then is charged. */
  readonly signal: AbortSignal;
}

/** Server-sent events as at `/v1`, or why there are none. */
export type ModelAnswer =
  | { readonly kind: 'stream'; readonly body: ReadableStream<Uint8Array> }
  | { readonly kind: 'refused'; readonly reason: string };
