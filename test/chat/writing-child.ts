import { beginChat } from '../../src/chat/converse.ts';
import { GenerationRoom } from '../../src/chat/generation-room.ts';
import { systemClock as clock } from '../../src/process/system-clock.ts';
import { systemRandom as random } from '../../src/process/system-random.ts';
import { openPostgresStorage } from '../../src/storage/postgres/storage.ts';
import { openSqliteStorage } from '../../src/storage/sqlite/storage.ts';

/**
 * Has a model that never ends write an answer into the database that the argument names, and prints the number of each
 * event once it can be read; until it is killed.
 */
const [place = ''] = process.argv.slice(2);

const isUrl = place.startsWith('postgres');
const storage = await (isUrl ? openPostgresStorage({ url: place }) : openSqliteStorage({ path: place }));
const log = { info() {}, warn() {}, error: console.error };
const room = new GenerationRoom();
const { chats, reports } = storage;
const ports = { chats, reports, clock, random, log, processId: `process-${process.pid}`, room };

let word = 0;
const endless = new ReadableStream<Uint8Array>({
  async pull(controller) {
    await Bun.sleep(5);
    word += 1;
    const choices = [{ index: 0, delta: { content: `${word} ` } }];
    controller.enqueue(new TextEncoder().encode(`data: ${JSON.stringify({ choices })}\n\n`));
  },
});
const begun = await beginChat(ports, async () => ({ kind: 'stream', body: endless }), {
  ...{ userId: 'arthur', organizationId: 'team', modelId: 'grok', text: 'count' },
});
if (begun.outcome !== 'done') throw new Error(begun.outcome);
process.stdout.write(`${begun.chatId}\n`);
room.listen(begun.generationId, async () => {
  const [last] = (await chats.eventsAfter(begun.generationId, 0, 10_000)).slice(-1);
  if (last !== undefined) process.stdout.write(`${last.text.trim().split(' ').at(-1)}\n`);
});
