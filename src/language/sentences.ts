/**
 * Everything Turnpike says to a person outside the wire, as one shape that each language fills. Text between
 * backticks is something to type or a name of the API; a page sets it as code, a terminal shows it plain.
 * Errors of `/v1` are xAI's contract, stay English and are not here.
 */
export interface Sentences {
  /** The value of HTML's `lang`. */
  readonly tag: string;
  readonly home: HomeSentences;
  readonly start: StartSentences;
  readonly localModel: LocalModelSentences;
  readonly notices: NoticeSentences;
}

/** What is said once and at length: the fact, its items, what follows from it, and what to type. */
export interface Notice {
  readonly headline: string;
  readonly items?: readonly string[];
  readonly details: readonly string[];
  /** Commands and file names, each to stand on a line of its own so that it can be copied. */
  readonly commands: readonly string[];
}

/** The page at `GET /`. */
export interface HomeSentences {
  readonly running: string;
  readonly about: readonly [string, string, string];
  /** While nobody can sign in. */
  readonly setUp: string;
  readonly switchLanguage: { readonly name: string; readonly tag: string; readonly query: string };
  readonly answering: {
    readonly heading: string;
    readonly aModel: string;
    readonly simulator: string;
    readonly noneConnected: string;
    /** Said when nothing real answers these models, while something does answer others. */
    notConnected(models: readonly string[]): string;
    readonly connect: string;
    readonly connectAnother: string;
    readonly restart: string;
    readonly here: { readonly title: string; readonly note: string };
    readonly xai: { readonly title: string; readonly note: string };
    readonly compatible: { readonly title: string; readonly note: string };
    readonly ollamaFound: string;
    readonly channels: { readonly title: string; readonly note: string };
  };
  readonly firstCall: {
    readonly heading: string;
    readonly baseUrl: string;
    readonly openAiBaseUrl: string;
    /** Where the reader's key is. */
    readonly key: string;
    readonly paste: string;
    readonly clickSelects: string;
  };
  readonly models: {
    readonly heading: string;
    readonly model: string;
    readonly modalities: string;
    readonly context: string;
    readonly input: string;
    readonly output: string;
    readonly perMillion: string;
    modality(name: string): string;
    limits(limits: RequestLimits): string;
  };
  readonly clients: {
    readonly heading: string;
    readonly chatbox: ClientSteps;
    readonly oneApi: ClientSteps;
    readonly libreChat: ClientSteps;
    /** For clients in a container when the base URL is a loopback address. */
    readonly container: string;
  };
  readonly links: {
    readonly console: string;
    readonly models: string;
    readonly health: string;
    readonly heading: string;
  };
  readonly stays: string;
}

export interface RequestLimits {
  readonly perSecond?: number | undefined;
  readonly perMinute?: number | undefined;
  readonly perHour?: number | undefined;
}

/** How to point a client here: one line that sums it up, then the steps. */
export interface ClientSteps {
  readonly title: string;
  readonly summary: string;
  steps(facts: ClientFacts): readonly string[];
}

export interface ClientFacts {
  /** Without a trailing slash and without `/v1`. */
  readonly baseUrl: string;
  /** Model ids, parted by commas. */
  readonly models: string;
}

/** What the terminal shows at the start. */
export interface StartSentences {
  readonly dataLabel: string;
  readonly databaseLabel: string;
  readonly mailLabel: string;
  /** Letters are files in a folder, because no mail server is named. */
  mailToFolder(path: string): string;
  readonly accountLabel: string;
  readonly setUpLabel: string;
  readonly keyLabel: string;
  readonly nextLabel: string;
  readonly stopLabel: string;
  readonly simulator: string;
  /** Stands after models of which only images are meant. */
  readonly ofImages: string;
  readonly noneConnected: string;
  notConnected(models: readonly string[]): string;
  /** Said when text to these models is answered by a model, but images are not. */
  imagesNotConnected(models: readonly string[]): string;
  /** Ends where the commands follow; the first where nothing real answers, the second where something does. */
  readonly connect: string;
  readonly addChannel: string;
  /** The same on a restart, in one line. */
  noneConnectedAgain(command: string): string;
  ollamaFound(url: string): string;
  ollamaAgain(baseUrl: string): string;
  readonly limitsOff: string;
  /** A setting that is understood and has no effect in this version. */
  unusedSetting(name: string): string;
  readonly firstStart: string;
  account(email: string, credit: string): string;
  /** Beside the link. */
  readonly setUp: string;
  readonly keyOnce: string;
  readonly pasteCurl: string;
  openPage(baseUrl: string): string;
  readonly stop: string;
}

export type LocalModelPart = 'engine' | 'weights';

/** Fetching what the engine on this machine needs. */
export interface LocalModelSentences {
  readonly intro: string;
  part(part: LocalModelPart): string;
  fetching(part: LocalModelPart, source: string): string;
  progress(part: LocalModelPart, percent: number, doneSize: string, totalSize: string): string;
  checking(part: LocalModelPart): string;
  /** `isVerified`: a checksum was known, and what arrived has it. */
  fetched(part: LocalModelPart, size: string, isVerified: boolean): string;
  present(part: LocalModelPart): string;
  /** One source in vain, while there are others. */
  failed(attempt: FetchAttempt): string;
  loading(model: string): string;
  ready(model: string): string;
  /** Said when the person stops it in the middle. */
  readonly interrupted: string;
  notFetched(attempts: readonly FetchAttempt[]): Notice;
  /** The weights that were asked for by name are of no use. */
  weightsUnusable(attempt: FetchAttempt): Notice;
  notStarted(model: string, fault: EngineStartFault): Notice;
}

/** One source that was tried in vain. */
export interface FetchAttempt {
  readonly part: LocalModelPart;
  /** The same in every language: a host, a program, or the path that was given. Never a credential. */
  readonly source: string;
  readonly fault: FetchFault;
}

export type FetchFault =
  | 'unreachable'
  | 'timed-out'
  | 'broke-off' // the connection, again and again
  | 'refused' // it answered with an error
  | 'not-found' // it answered that there is no such file
  | 'checksum' // what arrived is not what was expected
  | 'no-space'
  | 'not-writable' // the folder that it is to go to
  | 'missing-tool' // the program that fetches it (pip, npm) is not installed
  | 'unsupported-platform'
  | 'bad-address'
  | 'no-such-file'
  | 'unreadable'
  | 'not-a-model' // what was named or sent is no GGUF file
  | 'unknown-version' // of the GGUF format
  | 'split-model' // one of several files
  | 'interrupted'
  | 'failed';

/** Why an engine that is there does not run. */
export type EngineStartFault =
  | 'timed-out'
  | 'ended' // its process, while it loaded the model
  | 'interrupted'
  | 'failed';

/** Why the server does not start, and how it stops. */
export interface NoticeSentences {
  portInUse(host: string, port: number, freePort: number): Notice;
  hostUnusable(host: string): Notice;
  folderInUse(dataDir: string, processId: number | undefined): Notice;
  databaseNotOpened(fault: DatabaseFault, path: string): Notice;
  /** `address` shows neither a user nor a password. */
  databaseServerNotUsable(fault: DatabaseServerFault, address: string): Notice;
  keyFileUnusable(path: string): Notice;
  badConfiguration(problems: readonly ConfigurationProblem[]): Notice;
  draining(requests: number, deadlineSeconds: number): string;
  readonly stopAtOnce: string;
  cutOff(requests: number): string;
  readonly stopped: string;
}

export type DatabaseFault =
  | 'not-a-database'
  | 'not-ours'
  | 'backup'
  | 'half-restored'
  | 'newer'
  | 'changed'
  | 'damaged'
  | 'read-only'
  | 'locked'
  | 'unreachable';

export type DatabaseServerFault =
  | Exclude<DatabaseFault, 'not-a-database' | 'damaged' | 'backup' | 'half-restored'>
  | 'no-access'
  | 'no-database'
  | 'too-old'
  | 'wrong-encoding';

/** One setting that cannot be used. `value` is what was given and is absent for secrets. */
export type ConfigurationProblem =
  | { readonly kind: 'port'; readonly name: string; readonly value: string }
  | {
      readonly kind: 'one-of';
      readonly name: string;
      readonly value: string;
      readonly allowed: readonly string[];
    }
  | { readonly kind: 'url'; readonly name: string; readonly value: string }
  | {
      readonly kind: 'url-or-one-of';
      readonly name: string;
      readonly value: string;
      readonly allowed: readonly string[];
    }
  | { readonly kind: 'database-url'; readonly name: string }
  | { readonly kind: 'smtp-url'; readonly name: string }
  | { readonly kind: 'host'; readonly name: string; readonly value: string }
  | { readonly kind: 'network'; readonly name: string; readonly value: string }
  | { readonly kind: 'email'; readonly name: string; readonly value: string }
  | {
      readonly kind: 'number';
      readonly name: string;
      readonly value: string;
      readonly least: number;
      readonly most: number;
    }
  | { readonly kind: 'collector'; readonly name: string; readonly value: string }
  | { readonly kind: 'money'; readonly name: string; readonly value: string }
  | { readonly kind: 'domains'; readonly name: string; readonly value: string }
  | { readonly kind: 'share'; readonly name: string; readonly value: string }
  | { readonly kind: 'headers'; readonly name: string }
  | { readonly kind: 'folder'; readonly name: string; readonly value: string }
  | { readonly kind: 'file'; readonly name: string; readonly value: string }
  | { readonly kind: 'too-short'; readonly name: string; readonly leastCharacters: number }
  | { readonly kind: 'weak-password'; readonly name: string }
  | { readonly kind: 'api-key'; readonly name: string }
  | { readonly kind: 'needs'; readonly name: string; readonly other: string }
  | { readonly kind: 'excludes'; readonly name: string; readonly other: string }
  | { readonly kind: 'unknown'; readonly name: string; readonly meant: string | undefined }
  | { readonly kind: 'not-offered'; readonly name: string };
