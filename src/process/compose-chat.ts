import type { ConversePorts } from '../chat/converse.ts';
import { GenerationRoom } from '../chat/generation-room.ts';
import { tendChats } from '../chat/tend-chats.ts';
import type { Log } from '../ports/log.ts';
import type { Storage } from '../storage/storage.ts';
import { systemClock as clock } from './system-clock.ts';
import { systemRandom as random } from './system-random.ts';

export interface ComposedChat {
  readonly converse: ConversePorts;
  /** Ends every generation with what it has. */
  close(): Promise<void>;
}

/** Builds the chat, and ends what dead processes have left of it. */
export async function composeChat(storage: Storage, log: Log, processId: string): Promise<ComposedChat> {
  const room = new GenerationRoom();
  const converse = { chats: storage.chats, reports: storage.reports, clock, random, log, processId, room };
  const stopTending = await tendChats(converse, storage.sharing === undefined);
  return {
    converse,
    close: async () => {
      stopTending();
      await room.close();
    },
  };
}
