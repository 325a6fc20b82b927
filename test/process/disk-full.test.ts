import { expect, test } from 'bun:test';
import { rmSync } from 'node:fs';
import { fill, mountSmall, whyNotSmall } from './file-system-under-fault.ts';
import { callAndRecord, type ReceivedAnswer } from './witness-client.ts';
import { WorldUnderFault } from './world-under-fault.ts';

/**
 * A disk without room: nobody is served what cannot be charged, nobody is charged what was not served, whoever only
 * reads is answered, and room is all it takes to serve again.
 */

const CALLS = 8;

/** The ledger's journal has some room of its own, which has to be used up first. */
const ROUNDS_AT_MOST = 400;
const missing = whyNotSmall();
const why = missing === undefined ? '' : ` (${missing})`;

test.skipIf(missing !== undefined)(
  `a full disk refuses paid calls, answers readers, loses nothing, and serves again when there is room${why}`,
  async () => {
    const disk = mountSmall();
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

      const listed = async () =>
        ((await world.server.turnpike('usage', 'requests')) as { rows: unknown[] }).rows.length;
      expect(await listed()).toBe(CALLS);

      const filling = fill(disk.folder);
      const refused = Array.from({ length: CALLS }, () => ({ status: 503, errorCode: 'unavailable' }));
      let rounds = 1;
      while ((await askTogether()).some(({ isDone }) => isDone)) {
        rounds += 1;
        if (rounds > ROUNDS_AT_MOST) throw new Error('a full disk never refused a call');
      }
      const asked = world.upstream.answers.size;
      expect(await askTogether()).toMatchObject(refused);
      // The upstream was asked nothing that nobody could have paid for.
      expect(world.upstream.answers.size).toBe(asked);
      // The alarm; it comes through a pipe, at its own time.
      while (!world.server.log().includes('ledger-unavailable')) await Bun.sleep(5);
      expect((await world.server.fetch('/healthz')).status).toBe(200);
      const ready = await world.server.fetch('/readyz');
      expect([ready.status, await ready.json()]).toMatchObject([503, { obstacles: ['storage'] }]);
      const authorization = `Bearer ${world.server.key}`;
      expect((await world.server.fetch('/v1/models', { headers: { authorization } })).status).toBe(200);
      expect(await listed()).toBeGreaterThanOrEqual(CALLS);

      rmSync(filling);
      expect(await askTogether()).toMatchObject(served);
      expect((await world.server.fetch('/readyz')).status).toBe(200);
      await world.untilNothingIsHeld();
      expect(await world.judge(received)).toEqual([]);
    } finally {
      await world.close();
      disk.remove();
    }
  },
  90_000,
);
