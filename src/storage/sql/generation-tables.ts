import type { CompiledQuery } from 'kysely';
import { foldText } from '../chat-cursor.ts';
import type {
  BegunTurn,
  ChatPictureRow,
  GenerationEnd,
  GenerationEvent,
  GenerationRow,
  GenerationState,
} from '../chat-store.ts';
import { StorageConflict } from '../storage-error.ts';
import { chatColumns, messageColumns, presentGeneration } from './chat-rows.ts';
import type { GroupStatement, SqlEngine } from './sql-engine.ts';

/** What one look for abandoned generations takes on; the next look takes the rest. */
const MAXIMUM_ABANDONED = 200;

/** Generations and their logs, in the tables. */
export class GenerationTables {
  readonly #engine: SqlEngine;

  constructor(engine: SqlEngine) {
    this.#engine = engine;
  }

  /** Tries one slot of the person after the other; an index lets one running generation have each. */
  async begin(turn: BegunTurn, mostRunning: number): Promise<'done' | 'busy'> {
    for (let slot = 0; slot < mostRunning; slot += 1) {
      try {
        const begun = await this.#engine.writeTogether(this.#beginning(turn, slot));
        return begun === 'done' ? 'done' : 'busy';
      } catch (error) {
        if (!(error instanceof StorageConflict && error.rule === 'unique')) throw error;
      }
    }
    return 'busy';
  }

  async append(id: string, events: readonly GenerationEvent[], atMs: number): Promise<GenerationState> {
    const { database } = this.#engine;
    const seen = database
      .updateTable('chat_generations')
      .set({ seen_at_ms: atMs })
      .where('id', '=', id)
      .where('state', '=', 'running');
    const statements: GroupStatement[] = [{ query: seen.compile(), guarded: true }];
    if (events.length > 0) statements.push({ query: this.#insertion(id, events) });
    if ((await this.#engine.writeTogether(statements)) === 'stopped') return 'over';
    const row = await this.#engine.lookups
      .selectFrom('chat_generations')
      .select('asked_to_stop')
      .where('id', '=', id)
      .executeTakeFirst();
    return row?.asked_to_stop === 1n ? 'asked-to-stop' : 'running';
  }

  async eventsAfter(id: string, after: number, limit: number): Promise<readonly GenerationEvent[]> {
    const rows = await this.#engine.lookups
      .selectFrom('chat_events')
      .selectAll()
      .where('generation_id', '=', id)
      .where('number', '>', BigInt(after))
      .orderBy('number')
      .limit(limit)
      .execute();
    return rows.map(({ number, kind, text }) => ({ number: Number(number), kind, text }));
  }

  async find(userId: string, id: string): Promise<GenerationRow | undefined> {
    const row = await this.#engine.lookups
      .selectFrom('chat_generations')
      .selectAll()
      .where('id', '=', id)
      .where('user_id', '=', userId)
      .executeTakeFirst();
    return row && presentGeneration(row);
  }

  async askToStop(userId: string, id: string): Promise<boolean> {
    const { numUpdatedRows } = await this.#engine.database
      .updateTable('chat_generations')
      .set({ asked_to_stop: 1 })
      .where('id', '=', id)
      .where('user_id', '=', userId)
      .where('state', '=', 'running')
      .executeTakeFirstOrThrow();
    return numUpdatedRows > 0n;
  }

  async finish(end: GenerationEnd): Promise<boolean> {
    const { database, lookups } = this.#engine;
    // Only this generation writes at the message while it runs, so what is read here is what is added to.
    const before = await lookups
      .selectFrom('chat_messages')
      .select(['text', 'reasoning'])
      .where('id', '=', end.messageId)
      .executeTakeFirst();
    const text = (before?.text ?? '') + end.text;
    const over = database
      .updateTable('chat_generations')
      .set({ state: end.state, ended_at_ms: end.atMs })
      .where('id', '=', end.generationId)
      .where('state', '=', 'running');
    const message = database
      .updateTable('chat_messages')
      .set((row) => ({
        text,
        text_folded: foldText(text),
        reasoning: (before?.reasoning ?? '') + end.reasoning,
        state: end.state,
        reason: end.reason,
        cost_ticks: row('cost_ticks', '+', end.costTicks),
        input_tokens: row('input_tokens', '+', BigInt(end.inputTokens)),
        output_tokens: row('output_tokens', '+', BigInt(end.outputTokens)),
        reasoning_tokens: row('reasoning_tokens', '+', BigInt(end.reasoningTokens)),
        first_token_ms: end.firstTokenMs,
        reasoning_ms: row('reasoning_ms', '+', BigInt(end.reasoningMs)),
        duration_ms: row('duration_ms', '+', BigInt(end.durationMs)),
      }))
      .where('id', '=', end.messageId);
    const ended = [{ number: end.number, kind: 'end' as const, text: end.state }];
    const outcome = await this.#engine.writeTogether([
      { query: over.compile(), guarded: true },
      { query: message.compile() },
      { query: this.#insertion(end.generationId, ended) },
    ]);
    return outcome === 'done';
  }

  async abandoned(processId: string, seenBeforeMs: number): Promise<readonly GenerationRow[]> {
    const rows = await this.#engine.database
      .selectFrom('chat_generations')
      .selectAll()
      .where('state', '=', 'running')
      .where('process_id', '!=', processId)
      .where('seen_at_ms', '<', BigInt(seenBeforeMs))
      .limit(MAXIMUM_ABANDONED)
      .execute();
    return rows.map(presentGeneration);
  }

  async sweep(endedMs: number): Promise<void> {
    const ended = this.#engine.database
      .selectFrom('chat_generations')
      .select('id')
      .where('ended_at_ms', '<', BigInt(endedMs));
    await this.#engine.database.deleteFrom('chat_events').where('generation_id', 'in', ended).execute();
  }

  #beginning(turn: BegunTurn, slot: number): GroupStatement[] {
    const { newChat, userMessage, answerMessage, pictures = [], generation } = turn;
    const { database } = this.#engine;
    const { id, chatId, messageId, userId, processId, startedAtMs } = generation;
    const statements: GroupStatement[] = [];
    const guard = (query: CompiledQuery) => statements.push({ query, guarded: true });
    if (newChat !== undefined) guard(database.insertInto('chats').values(chatColumns(newChat)).compile());
    for (const picture of pictures) guard(this.#pictureInsertion(picture));
    for (const message of [userMessage, answerMessage]) {
      if (message !== undefined)
        guard(database.insertInto('chat_messages').values(messageColumns(message, userId)).compile());
    }
    const start = { started_at_ms: startedAtMs, seen_at_ms: startedAtMs };
    guard(
      database
        .insertInto('chat_generations')
        .values({
          ...{ id, chat_id: chatId, message_id: messageId, user_id: userId, process_id: processId, slot },
          ...{ state: 'running', asked_to_stop: 0, ...start, ended_at_ms: null },
        })
        .compile(),
    );
    const goesOn = database
      .updateTable('chat_messages')
      .set({ state: 'running', generation_id: id, reason: null })
      .where('id', '=', messageId)
      .where('user_id', '=', userId);
    guard(goesOn.compile());
    const active = database
      .updateTable('chats')
      .set({ active_at_ms: startedAtMs, leaf_id: messageId, trashed_at_ms: null })
      .where('id', '=', chatId)
      .where('user_id', '=', userId);
    guard(active.compile());
    return statements;
  }

  #pictureInsertion({ id, chatId, contentType, base64 }: ChatPictureRow): CompiledQuery {
    return this.#engine.database
      .insertInto('chat_pictures')
      .values({ id, chat_id: chatId, content_type: contentType, base64 })
      .compile();
  }

  #insertion(id: string, events: readonly GenerationEvent[]): CompiledQuery {
    const rows = events.map(({ number, kind, text }) => ({ generation_id: id, number, kind, text }));
    return this.#engine.database.insertInto('chat_events').values(rows).compile();
  }
}
