/** All that is drawn for one seed before anything runs. Plain values, so that a failure can be shrunk and told. */
export interface Plan {
  readonly seed: number;
  readonly replicas: number;
  readonly faults: ReadonlySet<FaultKind>;
  readonly models: readonly ModelPlan[];
  /** That may answer each model. */
  readonly upstreams: number;
  readonly accounts: readonly AccountPlan[];
  readonly clients: readonly ClientPlan[];
  readonly events: readonly EventPlan[];
  /** Of memory for answers that are being recorded, in each process. */
  readonly recordingCharacters: number;
  /** From here on nothing new goes wrong, and everything must come to its end. */
  readonly safetyMs: number;
}

/** Kinds of trouble; each seed has a random subset, because many at once hide each other. */
export const FAULT_KINDS = [
  'upstream-head', // does not answer, refuses, or fails at once
  'upstream-ending', // breaks off, lies, or never ends
  'upstream-usage', // figures that are missing, wrong or absurd
  'upstream-slow', // drips, or is silent for minutes
  'beyond-cap', // writes more than it was asked for
  'client-gone',
  'client-slow',
  'ledger-refuses', // a command fails and was not carried out
  'commit-unknown', // a command fails and was carried out
  'late-effect', // a command fails and is carried out afterwards
  'ledger-slow',
  'ledger-away', // for a while nothing is answered
  'keys-away',
  'tokeniser-slow',
  'crash',
  'shut-down',
  'revocation',
  'price-edit',
  'wall-clock',
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

export interface SheetPlan {
  readonly input: bigint;
  readonly cached: bigint;
  readonly output: bigint;
}

export interface ModelPlan {
  readonly id: string;
  readonly sheet: SheetPlan;
  readonly maximumOutputTokens: number;
  readonly limits: {
    readonly requestsPerSecond?: number;
    readonly requestsPerMinute?: number;
    readonly tokensPerMinute?: number;
    readonly requestsInFlight?: number;
  };
}

export interface KeyPlan {
  readonly id: string;
  /** What a caller presents: a secret, that must be found nowhere else. */
  readonly text: string;
  readonly requestsInFlight: number | undefined;
  readonly perDayTicks: bigint | null;
  readonly perMonthTicks: bigint | null;
}

export interface AccountPlan {
  readonly id: string;
  readonly keys: readonly KeyPlan[];
}

export interface ClientPlan {
  /** Also the request's id. */
  readonly id: string;
  readonly atMs: number;
  readonly account: AccountPlan;
  readonly key: KeyPlan;
  readonly model: ModelPlan;
  readonly idempotency: IdempotencyPlan | undefined;
  readonly oddity: 'none' | 'wrong-key' | 'bad-json' | 'unknown-model';
  readonly stream: boolean;
  readonly choices: number;
  readonly maximumTokens: number | undefined;
  readonly includeUsage: boolean;
  readonly promptWords: number;
  readonly answer: AnswerPlan;
  /** What the upstreams that are asked before the one that answers do; empty where the first one answers. */
  readonly failures: readonly UpstreamFailure[];
  readonly leaves: LeavePlan | undefined;
  /** Between two reads. */
  readonly readEveryMs: readonly [number, number];
}

/** A key that several calls have. */
export interface IdempotencyPlan {
  readonly key: string;
  /** Which client sends it first; as `user` it stands in the bodies of all, which is what makes them the same. */
  readonly sentFirstBy: string;
}

export interface LeavePlan {
  readonly how: 'signal' | 'cancel' | 'both';
  /** After so many bytes of the answer, or so long after its call. */
  readonly afterBytes?: number;
  readonly afterMs?: number;
}

export type UsageStyle =
  | 'last' // in a chunk of its own, without choices
  | 'finish' // on the chunk that ends the answer
  | 'every' // growing, on each chunk
  | 'several' // growing, on some chunks, and words come after the last of them
  | 'beside' // reasoning counted beside the completion
  | 'elsewhere' // where Groq or Moonshot put it
  | 'missing'
  | 'zeros'
  | 'no-prompt'
  | 'small' // less than was written
  | 'huge' // beyond belief, and within what counts as sane
  | 'negative'
  | 'fraction'
  | 'beyond-int64'
  | 'text';

export type AnswerEnding =
  | 'done'
  | 'done-and-open' // says that it is done and never closes
  | 'closed' // every choice ended, no [DONE]
  | 'clean-close' // in mid-answer
  | 'reset'
  | 'hang'
  | 'half-event'
  | 'bad-json'
  | 'wrong-shape'
  | 'error-event'
  | 'named-error'
  | 'error-then-done'
  | 'endless'
  | 'error-inside'; // an error under a status of 200

/** Ways to fail that are the upstream's own fault, before it has begun to answer. */
export type UpstreamFailure = 'reset' | 'refused' | 'timed-out' | 401 | 408 | 429 | 500 | 503;

export interface AnswerPlan {
  readonly head: 'ok' | 'hang' | 'page' | UpstreamFailure | number;
  readonly headMs: number;
  readonly retryAfter: string | undefined;
  readonly words: number;
  readonly wordsPerChunk: number;
  readonly reasoningWords: number;
  readonly obeysCap: boolean;
  readonly usage: UsageStyle;
  readonly cachedShare: number;
  readonly ending: AnswerEnding;
  /** How the events are cut into pieces. */
  readonly pieces: 'events' | 'several' | 'anywhere';
  readonly carriageReturns: boolean;
  readonly everyMs: readonly [number, number];
  /** One long silence before one of the pieces. */
  readonly silenceMs: number;
}

export type EventPlan = { readonly id: string; readonly atMs: number } & (
  | {
      readonly kind: 'grant' | 'withdraw';
      readonly accountId: string;
      readonly transactionId: string;
      readonly amountTicks: bigint;
      /** One for each time it is delivered: how long after `atMs`. */
      readonly deliveriesMs: readonly number[];
    }
  | {
      readonly kind: 'crash';
      readonly replica: number;
      readonly backAfterMs: number;
      readonly onCommand: CommandMoment | undefined;
    }
  | {
      readonly kind: 'shut-down';
      readonly replica: number;
      readonly graceMs: number;
      readonly backAfterMs: number;
    }
  | {
      readonly kind: 'revoke' | 'disable';
      readonly account: AccountPlan;
      readonly key: KeyPlan;
      /** The key is renamed at `atMs`, so that it is read anew, and ends so long after that. */
      readonly afterMs: number;
    }
  | { readonly kind: 'price'; readonly modelId: string; readonly sheet: SheetPlan }
  | { readonly kind: 'away'; readonly forMs: number; readonly isCarriedOut: boolean }
  | { readonly kind: 'wall-clock'; readonly replica: number; readonly jumpMs: number }
  | { readonly kind: 'reap'; readonly onCommand: CommandMoment | undefined }
  | { readonly kind: 'audit' }
);

/** Not at the event's own moment, but when from then on a command of this name is sent for the so manieth time. */
export interface CommandMoment {
  readonly name: string;
  readonly nth: number;
}
