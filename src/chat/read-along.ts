import type { Clock } from '../ports/clock.ts';
import type { ChatStore, GenerationEvent } from '../storage/chat-store.ts';
import type { GenerationRoom } from './generation-room.ts';

/** What another process writes is seen within this; what this one writes, at once. */
const LOOK_MS = 500;

const EVENTS_A_LOOK = 500;

/**
 * The events of a generation after the one numbered `after`, and every one that comes, until its end or the signal.
 * Whoever has lost the connection asks again with the last number they have; any number of readers see the same.
 */
export async function* readAlong(
  { chats, clock, room }: { readonly chats: ChatStore; readonly clock: Clock; readonly room: GenerationRoom },
  { userId, generationId }: { readonly userId: string; readonly generationId: string },
  after: number,
  signal: AbortSignal,
): AsyncGenerator<GenerationEvent> {
  if ((await chats.findGeneration(userId, generationId)) === undefined) return;
  let last = after;
  while (!signal.aborted) {
    // Listened to before it is looked at, so that nothing falls between.
    const news = nextNews(room, clock, generationId, signal);
    try {
      const events = await chats.eventsAfter(generationId, last, EVENTS_A_LOOK);
      for (const event of events) {
        yield event;
        last = event.number;
        if (event.kind === 'end') return;
      }
      if (events.length > 0) continue;
      const generation = await chats.findGeneration(userId, generationId);
      if (generation === undefined) return;
      if (generation.state !== 'running') {
        // Its log may have ended between the two looks; if it has no end any more, it was swept.
        if ((await chats.eventsAfter(generationId, last, 1)).length > 0) continue;
        yield { number: last + 1, kind: 'end', text: generation.state };
        return;
      }
      await news.come;
    } finally {
      news.forget();
    }
  }
}

function nextNews(room: GenerationRoom, clock: Clock, generationId: string, signal: AbortSignal) {
  let wake = () => {};
  const come = new Promise<void>((resolve) => {
    wake = resolve;
  });
  const ends = [room.listen(generationId, wake), clock.after(LOOK_MS, wake)];
  signal.addEventListener('abort', wake, { once: true });
  return {
    come,
    forget() {
      for (const end of ends) end();
      signal.removeEventListener('abort', wake);
    },
  };
}
