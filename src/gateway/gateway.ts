import type { Failure } from '../domain/failure.ts';
import type { KeylessDoor } from '../domain/keyless.ts';
import type { CatalogueModel, ModelCatalogue } from '../domain/model-catalogue.ts';
import type { NetworkAddress } from '../domain/network-address.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Dialect } from '../protocol/xai-chat/error.ts';
import type { IdempotencyStore } from '../storage/idempotency-store.ts';
import type { KeyWithOwner } from '../storage/key-store.ts';
import type { LedgerStore } from '../storage/ledger-store.ts';
import type { RequestRecord, UsageStore } from '../storage/usage-store.ts';
import type { Token, Upstream } from '../upstream/upstream.ts';
import type { AdmissionDesk } from './admit.ts';
import type { CreditQueue } from './credit-queue.ts';
import type { ExchangeRegister } from './exchange-register.ts';
import type { RecordingRoom } from './recording-room.ts';
import type { RequestTrace } from './request-trace.ts';
import type { UpstreamHealth } from './upstream-health.ts';

/** What the pipeline is built from. Everything that touches the world comes in through here. */
export interface Gateway {
  readonly clock: Clock;
  readonly log: Log;
  readonly ledger: LedgerStore;
  readonly usage: UsageStore;
  readonly keys: KeyFinder;
  readonly idempotency: IdempotencyStore;
  /** The named tokeniser, for upstreams whose own is not known here. Its counts are estimates. */
  readonly tokeniser: TextTokeniser;
  readonly admission: AdmissionDesk;
  readonly credit: CreditQueue;
  readonly exchanges: ExchangeRegister;
  readonly recordings: RecordingRoom;
  /** Marks the holds of this process, so that another start can tell them from its own. */
  readonly processId: string;
  catalogue(): ModelCatalogue;
  /** What may answer a model, the preferred first. */
  readonly upstreamsOf: (model: CatalogueModel) => readonly Upstream[];
  /** Which of them failed of late. */
  readonly health: UpstreamHealth;
  /** SHA-256 in lower-case hexadecimal. */
  sha256(text: string): string;
  /** Called once for every request that was recorded, with its trace where it has one. */
  observe(record: RequestRecord, trace: RequestTrace | undefined): void;
}

export interface KeyFinder {
  /** Rejects when the store cannot be reached; that is never an unknown key. */
  find(hash: string): KeyWithOwner | undefined | Promise<KeyWithOwner | undefined>;
  /** Calls `onChange` when the key is changed. The answer ends the subscription. */
  subscribe(keyId: string, onChange: () => void): () => void;
}

export interface TextTokeniser {
  readonly name: string;
  /**
   * Several texts are counted together. Never rejects. Inexact: the texts' bytes, a bound from above, where counting
   * would take too long.
   */
  count(text: string | readonly string[]): Promise<{ readonly tokens: number; readonly exact: boolean }>;
  tokens(text: string): Promise<Token[]>;
}

/** A key as somebody presents it. */
export interface PresentedKey {
  /** The key's text from `Authorization: Bearer` or `x-api-key`, or undefined. */
  readonly credential: string | undefined;
  /** Where the caller is, as far as it can be known. Asked only for keys that may not be used from everywhere. */
  readonly clientAddress: () => NetworkAddress | undefined;
  /** The credential's SHA-256, noted by whoever needs it first: a request looks its key up more than once. */
  keyHash?: string | undefined;
}

/** A person who calls without a key, with a team's credit and limits: from the playground or the chat. */
export interface PersonCaller {
  readonly door: KeylessDoor;
  readonly userId: string;
  readonly organizationId: string;
  /**
   * Why they may not call, if they may not. Asked before the call, and again under an open answer whenever a session, a
   * person or a team was changed. Rejects when the store cannot be reached; that is never a no.
   */
  readonly fault: () => Promise<Failure | undefined>;
}

/** A call as the HTTP floor hands it over. */
export interface GatewayRequest extends PresentedKey {
  /** Who calls in place of a key: somebody who is signed in. */
  readonly person?: PersonCaller | undefined;
  /** A bare UUID; also the answer's `id`, the hold's and the record's. */
  readonly id: string;
  readonly bodyText: string;
  /** The `Idempotency-Key` header as it came: the request runs once, however often it is sent with it. */
  readonly idempotencyKey?: string | undefined;
  readonly dialect: Dialect;
  /** Aborted when the caller hangs up. */
  readonly signal: AbortSignal;
  /** Called once, when the request is over and nothing of it is kept any more; for a stream that is its end. */
  readonly onOver: () => void;
  /** Monotonic, when the request's head had arrived. */
  readonly arrivedMs: number;
  /** Where somebody wants to know more than the record says. */
  readonly trace?: RequestTrace | undefined;
}

export interface GatewayAnswer {
  readonly status: number;
  /** Its own copy: whoever hands it over may add to it. */
  readonly headers: Record<string, string>;
  readonly body: string | ReadableStream<Uint8Array>;
}
