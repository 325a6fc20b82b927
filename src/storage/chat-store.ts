import type { Page } from './page.ts';

/**
 * Conversations: trees of messages. Each belongs to a person, and a team pays for it. Everything that is read or changed
 * for a person names that person; what is somebody else's is not there for them.
 */
export interface ChatStore {
  /** Youngest activity first; cursors are those that pages ended with. Rejects with `InvalidPage` for others. */
  list(userId: string, request: ChatPageRequest): Promise<Page<ListedChat>>;
  find(userId: string, chatId: string): Promise<ChatRow | undefined>;
  /** Of one conversation, the oldest first. */
  messages(userId: string, chatId: string): Promise<readonly ChatMessageRow[]>;
  /** Those of the pictures of one conversation that have these ids, in no particular order. */
  pictures(userId: string, chatId: string, ids: readonly string[]): Promise<readonly ChatPictureRow[]>;
  /** False when the person has no such conversation. */
  change(userId: string, chatId: string, change: ChatChange): Promise<boolean>;
  /**
   * Conversations of which the title or a message holds the text, whatever its case, each once, the youngest activity
   * first; with the youngest message that holds it.
   */
  search(userId: string, text: string, limit: number): Promise<readonly ChatFinding[]>;

  /**
   * Writes what a generation begins with, all or nothing. `busy` when the person has as many running as `mostRunning`,
   * or this answer has one already: both are decided by the database.
   */
  begin(turn: BegunTurn, mostRunning: number): Promise<'done' | 'busy'>;
  /** Adds to the log of a running generation and shows that its process lives. */
  append(generationId: string, events: readonly GenerationEvent[], atMs: number): Promise<GenerationState>;
  /** Events after the one numbered `after`, in order. */
  eventsAfter(generationId: string, after: number, limit: number): Promise<readonly GenerationEvent[]>;
  findGeneration(userId: string, generationId: string): Promise<GenerationRow | undefined>;
  /** Notes that the person wants it to stop. False when they have none of that id that runs. */
  askToStop(userId: string, generationId: string): Promise<boolean>;
  /** Ends a running generation and writes its answer, once: false when it is over already. */
  finish(end: GenerationEnd): Promise<boolean>;
  /** Running generations of processes other than this one that were not seen since then. */
  abandoned(processId: string, seenBeforeMs: number): Promise<readonly GenerationRow[]>;
  /** Deletes for good: conversations in the trash since before then, and logs that ended before then. */
  sweep(before: { readonly trashedMs: number; readonly endedMs: number }): Promise<void>;
}

export interface ChatPageRequest {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly inTrash: boolean;
}

export interface ChatRow {
  readonly id: string;
  readonly userId: string;
  readonly organizationId: string;
  readonly title: string;
  readonly modelId: string;
  /** The end of the path that is shown. */
  readonly leafId: string;
  readonly pinnedAtMs: number | null;
  readonly trashedAtMs: number | null;
  readonly createdAtMs: number;
  readonly activeAtMs: number;
  /** What its models are told before everything else; empty for nothing. */
  readonly systemText: string;
  /** From 0 to 2, in hundredths. Null: as each model has it. */
  readonly temperature: number | null;
}

/** A conversation in a list. */
export interface ListedChat extends ChatRow {
  /** An answer of it is being written. */
  readonly isAnswering: boolean;
}

export type ChatChange = Partial<
  Pick<ChatRow, 'title' | 'leafId' | 'pinnedAtMs' | 'trashedAtMs' | 'systemText' | 'temperature'>
>;

/** `cut`: its process ended before it did. */
export type AnswerState = 'running' | 'done' | 'stopped' | 'cut' | 'failed';

export interface ChatMessageRow {
  readonly id: string;
  readonly chatId: string;
  /** Null at the beginning of a conversation. Messages with the same parent are versions of each other. */
  readonly parentId: string | null;
  readonly role: 'user' | 'assistant';
  readonly text: string;
  /** What a person sent with it, in order. */
  readonly pictureIds: readonly string[];
  readonly reasoning: string;
  readonly createdAtMs: number;
  /** Null for what a person wrote. */
  readonly answer: Answer | null;
}

/** A picture that a person sent. Versions of a message share it. */
export interface ChatPictureRow {
  readonly id: string;
  readonly chatId: string;
  readonly contentType: string;
  readonly base64: string;
}

export interface Answer extends AnswerBill {
  readonly state: AnswerState;
  readonly modelId: string;
  /** The generation that wrote at it last; also the id of its request. */
  readonly generationId: string;
  /** Why it failed, or how its model ended it. */
  readonly reason: string | null;
}

/** Of all generations of an answer together. */
export interface AnswerBill {
  readonly costTicks: bigint;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly reasoningTokens: number;
  /** From the last call to its first word. Null when none came. */
  readonly firstTokenMs: number | null;
  /** What was spent on thinking before words came, and on all of it. */
  readonly reasoningMs: number;
  readonly durationMs: number;
}

/** An answer is a new message, or goes on with one that is there. */
export interface BegunTurn {
  /** Present for the first turn of a conversation. */
  readonly newChat?: ChatRow;
  readonly userMessage?: ChatMessageRow;
  readonly answerMessage?: ChatMessageRow;
  /** New ones, which the person's message shows. */
  readonly pictures?: readonly ChatPictureRow[];
  readonly generation: Omit<GenerationRow, 'state' | 'isAskedToStop'>;
}

export interface GenerationRow {
  readonly id: string;
  readonly chatId: string;
  readonly messageId: string;
  readonly userId: string;
  readonly processId: string;
  readonly startedAtMs: number;
  readonly state: AnswerState;
  readonly isAskedToStop: boolean;
}

/** One step of the log. Numbers of a generation go 1, 2, 3, … */
export interface GenerationEvent {
  readonly number: number;
  readonly kind: 'text' | 'reasoning' | 'end';
  /** The piece of text; of an end, its state. */
  readonly text: string;
}

export type GenerationState = 'running' | 'asked-to-stop' | 'over';

export interface GenerationEnd extends AnswerBill {
  readonly generationId: string;
  readonly messageId: string;
  readonly state: Exclude<AnswerState, 'running'>;
  readonly reason: string | null;
  /** What was written in this generation, to come after what the message has. */
  readonly text: string;
  readonly reasoning: string;
  /** Of the event that tells of the end. */
  readonly number: number;
  readonly atMs: number;
}

export interface ChatFinding {
  readonly chat: ChatRow;
  /** Undefined when only the title holds it. */
  readonly message: Pick<ChatMessageRow, 'id' | 'text'> | undefined;
}
