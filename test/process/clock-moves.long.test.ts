import { afterAll, expect, test } from 'bun:test';
import { movedClock } from './moved-clock.ts';
import { callAndRecord, type ReceivedAnswer } from './witness-client.ts';
import { WorldUnderFault } from './world-under-fault.ts';

/** Somebody sets the clock, or it sets itself: an hour ahead, an hour back, under streams. */

const STREAMS = 8;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** libfaketime reads its file anew each second. */
const UNTIL_MOVED_MS = 2_500;

const clock = movedClock();
const missing = typeof clock === 'string' ? clock : undefined;
afterAll(() => typeof clock !== 'string' && clock.remove());

test.skipIf(missing !== undefined)(
  `a clock that jumps an hour either way ends no stream and no hold, and the books keep their order${missing === undefined ? '' : ` (${missing})`}`,
  async () => {
    if (typeof clock === 'string') return;
    const world = await WorldUnderFault.open({ environment: clock.environment });
    const received: ReceivedAnswer[] = [];
    const ask = async (pieces: number, everyMs: number) => {
      const order = { call: world.nextCall(), pieces, everyMs };
      const answer = await callAndRecord(world.server, { stream: true, order });
      received.push(answer);
      return answer;
    };
    try {
      const streams = Array.from({ length: STREAMS }, () => ask(300, 40));
      while (world.upstream.answers.size < STREAMS) await Bun.sleep(5);
      const short: ReceivedAnswer[] = [await ask(3, 5)];
      for (const seconds of ['+3600', '-3600', '+0']) {
        clock.move(seconds);
        await Bun.sleep(UNTIL_MOVED_MS);
        short.push(await ask(3, 5));
      }
      for (const answer of [...short, ...(await Promise.all(streams))])
        expect(answer).toMatchObject({ status: 200, isDone: true });
      await world.untilNothingIsHeld();
      expect(await world.judge(received)).toEqual([]);

      // The clock was moved indeed, and the books list what came as it came.
      const { rows } = (await world.server.turnpike('usage', 'requests')) as {
        rows: { request_id: string; at: string }[];
      };
      const places = short.map(({ requestId }) => rows.findIndex((row) => row.request_id === requestId));
      expect(places).toEqual(places.toSorted((a, b) => b - a));
      const at = places.map((place) => Date.parse(rows[place]?.at ?? ''));
      const [first = 0, ahead = 0, back = 0, right = 0] = at;
      expect(ahead - first).toBeGreaterThan(HOUR_MS - MINUTE_MS);
      expect(first - back).toBeGreaterThan(HOUR_MS - MINUTE_MS);
      expect(Math.abs(right - first)).toBeLessThan(MINUTE_MS * 5);
    } finally {
      await world.close();
    }
  },
  120_000,
);
