import { expect, test } from 'bun:test';
import { rmSync } from 'node:fs';
import { fill, mountSmall, whyNotSmall } from './file-system-under-fault.ts';
import { callAndRecord, type ReceivedAnswer } from './witness-client.ts';
import { WorldUnderFault } from './world-under-fault.ts';

/**
 * Streams that are under way when the disk fills up. Their charges find room only when somebody has made some, so they
 * end without a bill: one that a crash could take back would be none.
 */

const STREAMS = 8;
const PIECES = 400;
const missing = whyNotSmall();
const why = missing === undefined ? '' : ` (${missing})`;

test.skipIf(missing !== undefined)(
  `streams that end on a full disk are charged once, when there is room again${why}`,
  async () => {
    const disk = mountSmall();
    const world = await WorldUnderFault.open({ dataDir: disk.folder });
    try {
      const ask = (pieces: number, everyMs: number) =>
        callAndRecord(world.server, { stream: true, order: { call: world.nextCall(), pieces, everyMs } });
      // Long enough that what was kept free for the books is used up before they end.
      const streams = Array.from({ length: STREAMS }, () => ask(PIECES, 50));
      while (world.upstream.answers.size < STREAMS) await Bun.sleep(5);
      const filling = fill(disk.folder);
      const short: ReceivedAnswer[] = [];
      do short.push(...(await Promise.all(Array.from({ length: STREAMS }, () => ask(1, 1)))));
      while (short.every(({ status }) => status === 200));
      const long = await Promise.all(streams);
      const withoutBill = { status: 200, isDone: true, pieces: PIECES, billTicks: undefined };
      expect(long).toMatchObject(streams.map(() => withoutBill));

      rmSync(filling);
      await world.untilNothingIsHeld();
      expect(await world.judge([...short, ...long])).toEqual([]);
    } finally {
      await world.close();
      disk.remove();
    }
  },
  240_000,
);
