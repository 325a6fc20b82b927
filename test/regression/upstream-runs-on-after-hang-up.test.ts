import { expect, test } from 'bun:test';
import { rawCall } from '../fakes/raw-call.ts';
import {
  expectBooksInOrder,
  type ServerBeforeUpstream,
  serverBeforeUpstream,
  untilCounts,
} from '../fakes/server-before-upstream.ts';
import { openFiles } from '../fakes/server-files.ts';
import { residentMb } from '../fakes/server-memory.ts';

/** An upstream that writes on for nobody costs the operator money that no caller pays. */

const HANG_UPS = 5_000;

/** Open at one moment. */
const AT_ONCE = 200;

/** So many hang-ups set the size of the server's memory; the others may add no more than this to it. */
const UNTIL_WARM = 2_000;
const MOST_MB = 40;

/** Connections that are kept for later, and those of a moment: far less than one for each hang-up. */
const MOST_FILES = 50;

/** Readers that leave while the upstream thinks, and readers that leave in the middle of their answer. */
const THINKING = { pieces: 1, silentMs: 600_000 };
const WRITING = { pieces: 100_000, everyMs: 50 };

const both = serverBeforeUpstream();

test('5,000 readers hang up: 5,000 upstream calls are closed, each hold has one end, nothing stays', async () => {
  const { server, upstream } = both();
  let before = 0;
  const filesBefore = openFiles(server);
  for (let done = 0; done < HANG_UPS; done += AT_ONCE) {
    if (done === UNTIL_WARM) before = residentMb(server);
    await hangUpTogether(both(), done);
  }
  const after = residentMb(server);
  console.log(
    `server: ${before.toFixed(0)} MB after ${UNTIL_WARM} hang-ups, ${after.toFixed(0)} MB after ${HANG_UPS}`,
  );

  expect(await upstream.counts()).toMatchObject({ requests: HANG_UPS, cut: HANG_UPS, completed: 0, open: 0 });
  const metrics = await (await server.fetch('/metrics')).text();
  const ends = [...metrics.matchAll(/^turnpike_requests_total\{.*outcome="([^"]+)".*\} (\d+)$/gm)];
  expect(ends.map(([, outcome, count]) => [outcome, Number(count)])).toEqual([['client-gone', HANG_UPS]]);
  expect(after - before).toBeLessThan(MOST_MB);
  const files = openFiles(server);
  if (files !== undefined && filesBefore !== undefined) expect(files - filesBefore).toBeLessThan(MOST_FILES);
  await expectBooksInOrder(server);
}, 120_000);

async function hangUpTogether({ server, upstream }: ServerBeforeUpstream, done: number): Promise<void> {
  const firstPieces: Promise<void>[] = [];
  const calls = Array.from({ length: AT_ONCE }, (_, index) => {
    if (index % 2 === 0) return rawCall(server, { stream: true, mock: THINKING });
    const firstPiece = Promise.withResolvers<void>();
    firstPieces.push(firstPiece.promise);
    return rawCall(server, { stream: true, mock: WRITING }, (piece) => {
      if (piece.includes('"content"')) firstPiece.resolve();
    });
  });
  await Promise.all(firstPieces);
  await untilCounts(upstream, ({ requests }) => requests === done + AT_ONCE);
  for (const { socket } of calls) socket.destroy();
  await untilCounts(upstream, ({ open }) => open === 0);
}
