import { expect, test } from 'bun:test';
import { randomInt } from 'node:crypto';
import { type SeededRandom, seedRandom } from '../../src/upstream/simulator/seeded-random.ts';
import { DATABASE_ENGINES } from './database-engines.ts';
import { callAndRecord } from './witness-client.ts';
import { WorldUnderFault } from './world-under-fault.ts';

/** A start makes the tables and ends what the last process left; it may be killed at any moment of that. */

const seed = process.env.FAULT_SEED ?? String(randomInt(1e9));

/** More than one start ends in one transaction, so that a kill can come in between. */
const LOST_HOLDS = 450;

const KILLED_STARTS = 6;

/** About as long as a start takes before there is one to measure. */
const FIRST_START_MS = 600;

const moments = (random: SeededRandom, withinMs: number) =>
  Array.from({ length: KILLED_STARTS }, () => random.below(withinMs));

for (const engine of DATABASE_ENGINES) {
  test.skipIf(engine.missing !== undefined)(
    `kill -9 of ${KILLED_STARTS} starts, first on nothing, then on ${LOST_HOLDS} holds, on ${engine.name}`,
    async () => {
      const random = seedRandom(seed);
      const database = await engine.prepare();
      const world = await WorldUnderFault.open({
        environment: database.environment,
        killedStartsMs: moments(random, FIRST_START_MS),
      });
      try {
        const order = { pieces: 3, everyMs: 600_000 };
        const calls = Array.from({ length: LOST_HOLDS }, () =>
          callAndRecord(world.server, { stream: true, order: { call: world.nextCall(), ...order } }),
        );
        while (world.upstream.answers.size < LOST_HOLDS) await Bun.sleep(20);
        await world.kill();
        await database.afterKill();
        const received = await Promise.all(calls);
        for (const afterMs of moments(random, world.startedInMs)) await world.killStart(afterMs);
        await world.start();
        expect({ seed, found: await world.judge(received) }).toEqual({ seed, found: [] });
        const usage = (await world.server.turnpike('usage', 'requests', '--limit', '1000')) as {
          rows: { outcome: string; cost_ticks: string }[];
        };
        expect(usage.rows).toHaveLength(LOST_HOLDS);
        for (const row of usage.rows) expect(row).toMatchObject({ outcome: 'interrupted', cost_ticks: '0' });
      } finally {
        await world.close();
        await database.dispose();
      }
    },
    120_000,
  );
}
