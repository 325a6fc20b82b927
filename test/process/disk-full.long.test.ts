import { expect, test } from 'bun:test';
import { rmSync } from 'node:fs';
import { fill, mountSmall, whyNotSmall } from './file-system-under-fault.ts';
import { callAndRecord } from './witness-client.ts';
import { WorldUnderFault } from './world-under-fault.ts';

/**
 * Streams that are under way when the disk fills up. Their charges find room only when somebody has made some, so they
 * end without a bill: one that a crash could take back would be none.
 */

const STREAMS = 8;
const missing = whyNotSmall();
const why = missing === undefined ? '' : ` (${missing})`;

test.skipIf(missing !== undefined)(
  `streams that end on a full disk are charged once, when there is room again${why}`,
  async () => {
    const disk = mountSmall();
    const world = await WorldUnderFault.open({ dataDir: disk.folder });
    try {
      const streams = Array.from({ length: STREAMS }, () =>
        callAndRecord(world.server, {
          stream: true,
          order: { call: world.nextCall(), pieces: 60, everyMs: 20 },
        }),
      );
      while (world.upstream.answers.size < STREAMS) await Bun.sleep(5);
      const filling = fill(disk.folder);
      const received = await Promise.all(streams);
      expect(received).toMatchObject(
        streams.map(() => ({ status: 200, isDone: true, pieces: 60, billTicks: undefined })),
      );
      const { held_ticks } = (await world.server.turnpike('credit', 'balance')) as { held_ticks: string };
      expect(BigInt(held_ticks)).toBeGreaterThan(0n);

      rmSync(filling);
      await world.untilNothingIsHeld();
      expect(await world.judge(received)).toEqual([]);
    } finally {
      await world.close();
      disk.remove();
    }
  },
  120_000,
);
