import { expect, test } from 'bun:test';
import { randomInt } from 'node:crypto';
import { seedRandom } from '../../src/upstream/simulator/seeded-random.ts';
import { DATABASE_ENGINES } from './database-engines.ts';
import { startLoad } from './random-load.ts';
import { WorldUnderFault } from './world-under-fault.ts';

/** The server starts, and its books are read, in a few seconds; a machine that is busy takes longer. */
const ROUND_LIMIT_MS = 20_000;

const CALLERS = 12;

/** What is killed, and when: up to `mostMs` after the server came up, under streams of up to `pieces`. */
export interface KillPlan {
  readonly times: number;
  readonly mostMs: number;
  readonly pieces: number;
  readonly everyMs: number;
}

/**
 * Tests that a server which is killed again and again under load loses no bill that a caller holds, charges nobody
 * twice or for more than was sent, and after each restart has no open hold.
 */
export function killUnderLoad({ times, mostMs, ...most }: KillPlan): void {
  // The kernel decides what a kill meets; the seed repeats everything else.
  const seed = process.env.FAULT_SEED ?? String(randomInt(1e9));

  for (const engine of DATABASE_ENGINES) {
    test(
      `kill -9 under load, ${times} times, on ${engine.name}`,
      async () => {
        const random = seedRandom(seed);
        const database = await engine.prepare();
        const world = await WorldUnderFault.open({ environment: database.environment });
        const { nextCall } = world;
        const load = startLoad({ server: () => world.server, random, callers: CALLERS, ...most, nextCall });
        try {
          for (let round = 1; round <= times; round += 1) {
            await Bun.sleep(random.below(mostMs));
            await world.kill();
            await world.start();
            const { findings, lost_holds } = (await world.server.turnpike('audit')) as {
              findings: unknown[];
              lost_holds: number;
            };
            expect({ seed, round, findings, lost_holds }).toEqual({
              seed,
              round,
              findings: [],
              lost_holds: 0,
            });
          }
          await load.stop();
          await world.untilNothingIsHeld();
          expect({ seed, found: await world.judge(load.received) }).toEqual({ seed, found: [] });
          // Kills that met nothing under way, or bills that nobody ever got, would have shown nothing.
          const broken = load.received.filter(({ status, isEnded }) => status === 200 && !isEnded);
          expect(broken.length).toBeGreaterThan(times);
          expect(load.received.filter(({ billTicks }) => billTicks !== undefined).length).toBeGreaterThan(
            times,
          );
        } finally {
          await world.close();
          await load.stop();
          await database.dispose();
        }
      },
      ROUND_LIMIT_MS * (times + 2),
    );
  }
}
