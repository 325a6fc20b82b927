import type { ChatMessageRow } from '../storage/chat-store.ts';

/** Asks a model to go on where its answer was cut; no wire has a word for it. */
const GO_ON =
  'Continue your last answer exactly where it stopped. Do not repeat anything and do not comment on it.';

/**
 * The messages from the first to the named one, in order: what a model is to see, and what is shown. Whatever does not
 * lead to it is another version. Empty when it is not there.
 */
export function pathTo(messages: readonly ChatMessageRow[], messageId: string): readonly ChatMessageRow[] {
  const byId = new Map(messages.map((message) => [message.id, message]));
  const path: ChatMessageRow[] = [];
  let at = byId.get(messageId);
  // A message is older than its children, so that this ends even where rows were altered by hand.
  while (at !== undefined && path.length <= messages.length) {
    path.push(at);
    at = at.parentId === null ? undefined : byId.get(at.parentId);
  }
  return path.reverse();
}

/** The body of a chat-completions call that continues a path; an answer at its end is gone on with. */
export function writeRequest(modelId: string, path: readonly ChatMessageRow[]): string {
  const messages = path.filter(({ text }) => text !== '').map(({ role, text }) => ({ role, content: text }));
  if (messages.at(-1)?.role === 'assistant') messages.push({ role: 'user', content: GO_ON });
  return JSON.stringify({
    model: modelId,
    messages,
    stream: true,
    stream_options: { include_usage: true },
  });
}
