/**
 * Requests that are to run once, by the key that their caller gave them. Each method is one atomic step and durable when
 * its promise resolves; it rejects with `StorageUnavailable` when the database did not answer. A key belongs to an
 * organization: the same text in two organizations is two keys.
 */
export interface IdempotencyStore {
  /** Takes a key that nobody has. The same claim again, after an answer that was not heard, is `done` too. */
  claim(claim: IdempotencyClaim, limits: IdempotencyLimits): Promise<ClaimAnswer>;
  /**
   * Keeps what the request of a claim was answered; where the limits leave no room for it, only that it has ended.
   * A claim that has ended already stays as it is.
   */
  complete(claim: ClaimName, answer: KeptAnswer | undefined, limits: IdempotencyLimits): Promise<void>;
  /** Frees the key of a request that was not charged. A claim that has ended stays as it is. */
  release(claim: ClaimName): Promise<void>;
  /** Notes the claims of dead processes as interrupted; answers how many there were. */
  interruptClaimsOfOthers(liveProcessId: string): Promise<number>;
  /** Deletes the oldest keys that were claimed before `beforeMs`, at most `limit`; answers how many. */
  sweep(beforeMs: number, limit: number): Promise<number>;
}

/** Which claim is meant: a key may be free again and claimed anew by another request. */
export interface ClaimName {
  readonly organizationId: string;
  /** SHA-256 of the key's text, lower-case hexadecimal; the text is not kept. */
  readonly keyHash: string;
  readonly requestId: string;
}

export interface IdempotencyClaim extends ClaimName {
  /** SHA-256 of everything that makes the request what it is. */
  readonly fingerprint: string;
  /** The process that runs the request, as in its hold. */
  readonly processId: string;
  readonly atMs: number;
}

/** What is kept at most: of one organization, and of all together. */
export interface IdempotencyLimits {
  readonly organizationKeys: number;
  readonly organizationBytes: number;
  readonly allKeys: number;
  readonly allBytes: number;
}

/** An answer as it was given, byte by byte. */
export interface KeptAnswer {
  /** The model that it is of: whoever may not use that model any more must not read it. */
  readonly model: string;
  readonly status: number;
  /** Those that belong to the answer and not to the moment. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The body's length in UTF-8, which is what the limits count. */
  readonly bodyBytes: number;
}

export type ClaimAnswer =
  | { readonly outcome: 'done' }
  /** As many keys are kept as the limits allow. */
  | { readonly outcome: 'full' }
  /** Somebody has it: the request that is named, which may have been another one. */
  | {
      readonly outcome: 'taken';
      readonly requestId: string;
      readonly fingerprint: string;
      readonly state: ClaimState;
    };

export type ClaimState =
  | { readonly kind: 'running' }
  /** Its process died; what became of it is in the ledger. */
  | { readonly kind: 'interrupted' }
  /** It was answered, and the answer was not kept. */
  | { readonly kind: 'not-kept' }
  | { readonly kind: 'answered'; readonly answer: KeptAnswer };
