import { describe, expect, test } from 'bun:test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tendChats } from '../../src/chat/tend-chats.ts';
import { openPostgresStorage } from '../../src/storage/postgres/storage.ts';
import { openSqliteStorage } from '../../src/storage/sqlite/storage.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { ManualClock } from '../fakes/manual-clock.ts';
import { makeTestDatabase, postgresMissing } from '../fakes/postgres-server.ts';

const CHILD = new URL('./writing-child.ts', import.meta.url).pathname;

/** A child that says nothing for so long is broken. */
const CHILD_LIMIT_MS = 20_000;

/** Kills a server in the middle of an answer; answers the conversation and the last word that could be read. */
async function killInMidAnswer(place: string): Promise<{ chatId: string; lastWord: number }> {
  const child = Bun.spawn([process.execPath, CHILD, place], {
    ...{ stdout: 'pipe', stderr: 'inherit', timeout: CHILD_LIMIT_MS },
  });
  const lines: string[] = [];
  let rest = '';
  for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
    const read = (rest + chunk).split('\n');
    rest = read.pop() ?? '';
    lines.push(...read);
    if (lines.length > 5) child.kill('SIGKILL');
  }
  await child.exited;
  return { chatId: lines[0] ?? '', lastWord: Number(lines.at(-1)) };
}

/** The next start, long enough after it that the dead process counts as dead. */
async function startAgain(storage: Storage): Promise<void> {
  const clock = new ManualClock(Date.now() + 120_000);
  const { chats, reports } = storage;
  const log = { info() {}, warn() {}, error: console.error };
  const random = { uuid: () => crypto.randomUUID() };
  const stop = await tendChats(
    { chats, reports, clock, random, log, processId: 'the next' },
    storage.sharing === undefined,
  );
  stop();
}

async function expectCut(storage: Storage, chatId: string, lastWord: number): Promise<void> {
  await startAgain(storage);
  const [, answer] = await storage.chats.messages('arthur', chatId);
  expect(answer?.answer?.state).toBe('cut');
  const words = (answer?.text ?? '').trim().split(' ').map(Number);
  expect(words.length).toBeGreaterThanOrEqual(lastWord);
  expect(words).toEqual(words.map((_, at) => at + 1));
  const text = answer?.text;
  await startAgain(storage);
  expect((await storage.chats.messages('arthur', chatId))[1]?.text).toBe(text ?? '');
}

describe('kill -9 in the middle of an answer: what could be read is kept, once, and the answer is cut', () => {
  test('sqlite', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'turnpike-'));
    const path = join(folder, 'turnpike.db');
    const { chatId, lastWord } = await killInMidAnswer(path);
    const storage = await openSqliteStorage({ path });
    try {
      await expectCut(storage, chatId, lastWord);
    } finally {
      await storage.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test.skipIf(postgresMissing !== undefined)(
    postgresMissing === undefined ? 'postgres' : `postgres (${postgresMissing})`,
    async () => {
      const database = await makeTestDatabase();
      const { chatId, lastWord } = await killInMidAnswer(database.url);
      const storage = await openPostgresStorage({ url: database.url });
      try {
        await expectCut(storage, chatId, lastWord);
      } finally {
        await storage.close();
        await database.drop();
      }
    },
  );
});
