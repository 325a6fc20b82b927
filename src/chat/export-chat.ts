import type { ChatMessageRow, ChatRow } from '../storage/chat-store.ts';
import { pathTo } from './write-request.ts';

/** The words of a document in the reader's language. */
export interface ExportWords {
  readonly person: string;
  readonly unfinished: string;
  readonly picture: string;
}

/** What is shown of a conversation, as a Markdown document. */
export function chatAsMarkdown(
  chat: ChatRow,
  messages: readonly ChatMessageRow[],
  words: ExportWords,
): string {
  const parts = [`# ${chat.title.replace(/\s+/g, ' ')}`];
  for (const { role, text, pictureIds, answer } of pathTo(messages, chat.leafId)) {
    parts.push(`## ${role === 'user' ? words.person : (answer?.modelId ?? '')}`);
    for (const _ of pictureIds) parts.push(`*[${words.picture}]*`);
    if (text !== '') parts.push(text);
    if (answer !== null && answer.state !== 'done') parts.push(`*${words.unfinished}*`);
  }
  return `${parts.join('\n\n')}\n`;
}
