import { expect, test } from 'bun:test';
import { join } from 'node:path';
import { rawCall } from '../fakes/raw-call.ts';
import { expectBooksInOrder, serverBeforeUpstream, untilCounts } from '../fakes/server-before-upstream.ts';
import { residentMb } from '../fakes/server-memory.ts';

/** A reader that hardly reads must hold its answer back at the upstream, not fill the server's memory with it. */

const READER = join(import.meta.dir, '../fakes/slow-reader-program.mjs');
const PIECE_CHARACTERS = 8_000;
const ANSWER_BYTES = 50_000_000;

const MOST_MB = 20;

/**
 * At first the kernel's buffers on both ways take some megabytes, and passing those on leaves garbage for a moment.
 * What the reader costs for the hours of its answer shows once nothing has moved for so many seconds.
 */
const STILL_SECONDS = 3;
const MOST_SECONDS = 30;

const both = serverBeforeUpstream();

const streamOf = (bytes: number) => ({
  model: 'grok-beta',
  messages: [{ role: 'user', content: 'hi' }],
  stream: true,
  mock: { pieces: bytes / PIECE_CHARACTERS, pieceCharacters: PIECE_CHARACTERS },
});

test('a reader of 1 kB a second on an answer of 50 MB costs the server less than 20 MB', async () => {
  const { server, upstream } = both();
  await rawCall(server, streamOf(800_000)).text;
  const sentBefore = (await upstream.counts()).sentBytes;
  const before = residentMb(server);

  const reader = Bun.spawn(['node', READER, server.url, server.key, JSON.stringify(streamOf(ANSWER_BYTES))]);
  try {
    let sentBytes = 0;
    let still: number[] = [];
    for (let second = 0; still.length < STILL_SECONDS && second < MOST_SECONDS; second += 1) {
      await Bun.sleep(1_000);
      const now = (await upstream.counts()).sentBytes - sentBefore;
      still = now > 0 && now === sentBytes ? [...still, residentMb(server)] : [];
      sentBytes = now;
    }
    const most = Math.max(...still);
    console.log(
      `server: ${before.toFixed(0)} MB before, ${most.toFixed(0)} MB with it; ${sentBytes} bytes on the way`,
    );
    expect(await upstream.counts()).toMatchObject({ open: 1, completed: 1 });
    expect(still).toHaveLength(STILL_SECONDS);
    expect(most - before).toBeLessThan(MOST_MB);
  } finally {
    reader.kill();
  }
  expect(await untilCounts(upstream, ({ open }) => open === 0)).toMatchObject({ open: 0, cut: 1 });
  await expectBooksInOrder(server);
}, 60_000);
