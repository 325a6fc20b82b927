import type { ChatMessage } from '../../src/http/api/wire/chat.ts';

/** What of a message says where it stands. */
type Placed = Pick<ChatMessage, 'id' | 'parentId'>;

/** The messages from the first to the named one, in order. Empty when it is not there. */
export function pathTo<Message extends Placed>(
  messages: readonly Message[],
  leafId: string,
): readonly Message[] {
  const byId = new Map(messages.map((message) => [message.id, message]));
  const path: Message[] = [];
  let at = byId.get(leafId);
  while (at !== undefined && path.length <= messages.length) {
    path.push(at);
    at = at.parentId === null ? undefined : byId.get(at.parentId);
  }
  return path.reverse();
}

/** The versions of every message: those with the same parent, the oldest first. */
export function versionsById<Message extends Placed>(
  messages: readonly Message[],
): ReadonlyMap<string, readonly Message[]> {
  const byParent = new Map<string | null, Message[]>();
  for (const message of messages) {
    const versions = byParent.get(message.parentId);
    if (versions === undefined) byParent.set(message.parentId, [message]);
    else versions.push(message);
  }
  return new Map(messages.map(({ id, parentId }) => [id, byParent.get(parentId) ?? []]));
}

/** The end of the path that is shown when a version is chosen: always its youngest continuation. */
export function leafBelow(messages: readonly Placed[], id: string): string {
  const youngestChild = new Map<string, string>();
  for (const message of messages)
    if (message.parentId !== null) youngestChild.set(message.parentId, message.id);
  let leaf = id;
  for (let step = 0; step < messages.length; step += 1) {
    const child = youngestChild.get(leaf);
    if (child === undefined) break;
    leaf = child;
  }
  return leaf;
}
