import { errorFact } from '../ports/error-fact.ts';
import type { GenerationRow } from '../storage/chat-store.ts';
import type { ChatPorts } from './chat-ports.ts';
import { findBill } from './find-bill.ts';
import { MAXIMUM_LOG_CHARACTERS } from './generation-log.ts';

const EVERY_MS = 20_000;

/** A generation shows every two seconds that its process lives. */
const DEAD_AFTER_MS = 60_000;

const TRASH_MS = 30 * 24 * 3_600_000;

/** Whoever reads along has read it long before; the text itself is in the message. */
const LOG_MS = 3_600_000;

/**
 * Ends what dead processes left and deletes what is over, now and from time to time. `isAlone`: no other process uses
 * the database, so whatever runs at the start is left over. The answer ends it.
 */
export async function tendChats(ports: ChatPorts, isAlone: boolean): Promise<() => void> {
  let cancel = () => {};
  const tend = async (deadAfterMs: number) => {
    const nowMs = ports.clock.nowMs();
    try {
      await cutAbandoned(ports, nowMs - deadAfterMs);
      await ports.chats.sweep({ trashedMs: nowMs - TRASH_MS, endedMs: nowMs - LOG_MS });
    } catch (error) {
      ports.log.warn('chats-not-tended', { error: errorFact(error) });
    }
    cancel = ports.clock.after(EVERY_MS, () => void tend(DEAD_AFTER_MS));
  };
  await tend(isAlone ? -DEAD_AFTER_MS : DEAD_AFTER_MS);
  return () => cancel();
}

/** Writes of every abandoned generation what its log has, as an answer that was cut. */
export async function cutAbandoned(ports: ChatPorts, seenBeforeMs: number): Promise<void> {
  for (const generation of await ports.chats.abandoned(ports.processId, seenBeforeMs))
    await cut(ports, generation);
}

async function cut(ports: ChatPorts, { id, messageId, userId, chatId }: GenerationRow): Promise<void> {
  const { chats, clock } = ports;
  const chat = await chats.find(userId, chatId);
  if (chat === undefined) return;
  // Pieces are at least a character each, so a log has at most this many.
  const events = await chats.eventsAfter(id, 0, MAXIMUM_LOG_CHARACTERS);
  const written = { text: '', reasoning: '', end: '' };
  for (const { kind, text } of events) written[kind] += text;
  await chats.finish({
    ...{ generationId: id, messageId, state: 'cut', reason: null, atMs: clock.nowMs() },
    ...{ text: written.text, reasoning: written.reasoning, number: (events.at(-1)?.number ?? 0) + 1 },
    // Its hold was ended before anybody looked here; nothing is waited for, as there may be many.
    ...(await findBill(ports, chat.organizationId, id, 1)),
    ...{ firstTokenMs: null, reasoningMs: 0, durationMs: 0 },
  });
}
