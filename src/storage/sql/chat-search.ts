import { sql } from 'kysely';
import { foldText } from '../chat-cursor.ts';
import type { ChatFinding } from '../chat-store.ts';
import { presentChat } from './chat-rows.ts';
import type { SqlEngine } from './sql-engine.ts';

/**
 * Looks for a text in one person's own conversations, by that person's index and character by character. So it finds
 * two Chinese characters, a piece of a word or of code, which a word index does not.
 */
export async function searchChats(
  engine: SqlEngine,
  userId: string,
  text: string,
  limit: number,
): Promise<readonly ChatFinding[]> {
  // In both engines a literal for LIKE: the escape character is written before what has a meaning there.
  const pattern = `%${foldText(text).replace(/[\\%_]/g, '\\$&')}%`;
  const holds = (column: string) => sql<boolean>`${sql.ref(column)} LIKE ${pattern} ESCAPE '\\'`;
  const found = engine.database
    .selectFrom('chat_messages as message')
    .select(({ fn }) => ['message.chat_id', fn.max('message.sequence').as('sequence')])
    .where('message.user_id', '=', userId)
    .where(holds('message.text_folded'))
    .groupBy('message.chat_id');
  const rows = await engine.database
    .with('found', () => found)
    .selectFrom('chats as chat')
    .leftJoin('found', 'found.chat_id', 'chat.id')
    .leftJoin('chat_messages as held', 'held.sequence', 'found.sequence')
    .selectAll('chat')
    .select(['held.id as held_id', 'held.text as held_text'])
    .where('chat.user_id', '=', userId)
    .where('chat.trashed_at_ms', 'is', null)
    .where((is) => is.or([is('found.chat_id', 'is not', null), holds('chat.title_folded')]))
    .orderBy('chat.active_at_ms', 'desc')
    .orderBy('chat.id', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    chat: presentChat(row),
    message: row.held_id === null ? undefined : { id: row.held_id, text: row.held_text ?? '' },
  }));
}
