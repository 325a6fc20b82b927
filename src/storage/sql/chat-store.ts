import { foldText, readChatCursor, writeChatCursor } from '../chat-cursor.ts';
import type {
  BegunTurn,
  ChatChange,
  ChatFinding,
  ChatMessageRow,
  ChatPageRequest,
  ChatPictureRow,
  ChatRow,
  ChatStore,
  GenerationEnd,
  GenerationEvent,
  GenerationRow,
  GenerationState,
  ListedChat,
} from '../chat-store.ts';
import type { Page } from '../page.ts';
import { presentChat, presentMessage } from './chat-rows.ts';
import { searchChats } from './chat-search.ts';
import { GenerationTables } from './generation-tables.ts';
import type { SqlEngine } from './sql-engine.ts';

/** Conversations longer than this are shown and sent from their youngest messages on. */
const MAXIMUM_MESSAGES = 5_000;

export class SqlChatStore implements ChatStore {
  readonly #engine: SqlEngine;
  readonly #generations: GenerationTables;

  constructor(engine: SqlEngine) {
    this.#engine = engine;
    this.#generations = new GenerationTables(engine);
  }

  async list(userId: string, { limit, cursor, inTrash }: ChatPageRequest): Promise<Page<ListedChat>> {
    const after = readChatCursor(limit, cursor);
    const read = await this.#engine.database
      .selectFrom('chats')
      .selectAll()
      .select((of) =>
        of
          .selectFrom('chat_generations')
          .select(({ fn }) => fn.countAll<bigint>().as('running'))
          .whereRef('chat_generations.chat_id', '=', 'chats.id')
          .where('state', '=', 'running')
          .as('running'),
      )
      .where('user_id', '=', userId)
      .where('trashed_at_ms', inTrash ? 'is not' : 'is', null)
      .$if(after !== undefined, (query) =>
        query.where((is) =>
          is.or([
            is('active_at_ms', '<', BigInt(after?.activeAtMs ?? 0)),
            is.and([is('active_at_ms', '=', BigInt(after?.activeAtMs ?? 0)), is('id', '<', after?.id ?? '')]),
          ]),
        ),
      )
      .orderBy('active_at_ms', 'desc')
      .orderBy('id', 'desc')
      .limit(limit + 1)
      .execute();
    const rows = read
      .slice(0, limit)
      .map((row) => ({ ...presentChat(row), isAnswering: row.running !== 0n }));
    const last = rows.at(-1);
    return read.length > limit && last !== undefined ? { rows, nextCursor: writeChatCursor(last) } : { rows };
  }

  async find(userId: string, chatId: string): Promise<ChatRow | undefined> {
    const row = await this.#engine.lookups
      .selectFrom('chats')
      .selectAll()
      .where('id', '=', chatId)
      .where('user_id', '=', userId)
      .executeTakeFirst();
    return row && presentChat(row);
  }

  async messages(userId: string, chatId: string): Promise<readonly ChatMessageRow[]> {
    const rows = await this.#engine.database
      .selectFrom('chat_messages')
      .selectAll()
      .where('chat_id', '=', chatId)
      .where('user_id', '=', userId)
      .orderBy('sequence', 'desc')
      .limit(MAXIMUM_MESSAGES)
      .execute();
    return rows.reverse().map(presentMessage);
  }

  async pictures(userId: string, chatId: string, ids: readonly string[]): Promise<readonly ChatPictureRow[]> {
    if (ids.length === 0 || (await this.find(userId, chatId)) === undefined) return [];
    const rows = await this.#engine.database
      .selectFrom('chat_pictures')
      .selectAll()
      .where('chat_id', '=', chatId)
      .where('id', 'in', [...ids])
      .execute();
    return rows.map((row) => ({
      id: row.id,
      chatId: row.chat_id,
      contentType: row.content_type,
      base64: row.base64,
    }));
  }

  async change(userId: string, chatId: string, change: ChatChange): Promise<boolean> {
    const { title, leafId, pinnedAtMs, trashedAtMs, systemText, temperature } = change;
    const { numUpdatedRows } = await this.#engine.database
      .updateTable('chats')
      .set({
        id: chatId,
        ...(title === undefined ? {} : { title, title_folded: foldText(title) }),
        ...(leafId === undefined ? {} : { leaf_id: leafId }),
        ...(pinnedAtMs === undefined ? {} : { pinned_at_ms: pinnedAtMs }),
        ...(trashedAtMs === undefined ? {} : { trashed_at_ms: trashedAtMs }),
        ...(systemText === undefined ? {} : { system_text: systemText }),
        ...(temperature === undefined ? {} : { temperature }),
      })
      .where('id', '=', chatId)
      .where('user_id', '=', userId)
      .executeTakeFirstOrThrow();
    return numUpdatedRows > 0n;
  }

  search(userId: string, text: string, limit: number): Promise<readonly ChatFinding[]> {
    return searchChats(this.#engine, userId, text, limit);
  }

  begin(turn: BegunTurn, mostRunning: number): Promise<'done' | 'busy'> {
    return this.#generations.begin(turn, mostRunning);
  }

  append(id: string, events: readonly GenerationEvent[], atMs: number): Promise<GenerationState> {
    return this.#generations.append(id, events, atMs);
  }

  eventsAfter(id: string, after: number, limit: number): Promise<readonly GenerationEvent[]> {
    return this.#generations.eventsAfter(id, after, limit);
  }

  findGeneration(userId: string, generationId: string): Promise<GenerationRow | undefined> {
    return this.#generations.find(userId, generationId);
  }

  askToStop(userId: string, generationId: string): Promise<boolean> {
    return this.#generations.askToStop(userId, generationId);
  }

  finish(end: GenerationEnd): Promise<boolean> {
    return this.#generations.finish(end);
  }

  abandoned(processId: string, seenBeforeMs: number): Promise<readonly GenerationRow[]> {
    return this.#generations.abandoned(processId, seenBeforeMs);
  }

  async sweep({ trashedMs, endedMs }: { trashedMs: number; endedMs: number }): Promise<void> {
    await this.#engine.database.deleteFrom('chats').where('trashed_at_ms', '<', BigInt(trashedMs)).execute();
    await this.#generations.sweep(endedMs);
  }
}
