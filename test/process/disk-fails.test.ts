import { expect, test } from 'bun:test';
import { DiskUnderFault, whyNoDisk } from './file-system-under-fault.ts';
import { callAndRecord, type ReceivedAnswer } from './witness-client.ts';
import { WorldUnderFault } from './world-under-fault.ts';

/** A disk that answers every write with an error, under a server that lives on. */

const CALLS = 8;
const missing = whyNoDisk();
const why = missing === undefined ? '' : ` (${missing})`;

test.skipIf(missing !== undefined)(
  `a disk that fails costs no call and no bill; with the disk back the next start serves${why}`,
  async () => {
    const disk = new DiskUnderFault();
    const world = await WorldUnderFault.open({ dataDir: disk.folder });
    const received: ReceivedAnswer[] = [];
    const askTogether = () =>
      Promise.all(
        Array.from({ length: CALLS }, async (_, index) => {
          const order = { call: world.nextCall(), pieces: 3, everyMs: 5 };
          const answer = await callAndRecord(world.server, { stream: index % 2 === 0, order });
          received.push(answer);
          return answer;
        }),
      );
    const served = Array.from({ length: CALLS }, () => ({ status: 200, isDone: true }));
    try {
      expect(await askTogether()).toMatchObject(served);
      disk.cutPower();
      const refused = Array.from({ length: CALLS }, () => ({ status: 503, errorCode: 'unavailable' }));
      expect(await askTogether()).toMatchObject(refused);
      expect(world.upstream.answers.size).toBe(CALLS);
      expect((await world.server.fetch('/healthz')).status).toBe(200);
      expect((await world.server.fetch('/readyz')).status).toBe(503);

      await world.kill();
      disk.restorePower();
      await world.moveTo(disk.folder);
      expect(await askTogether()).toMatchObject(served);
      expect(await world.judge(received)).toEqual([]);
    } finally {
      await world.close();
      disk.remove();
    }
  },
  90_000,
);
