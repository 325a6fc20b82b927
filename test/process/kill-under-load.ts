import { expect, test } from 'bun:test';
import { randomInt } from 'node:crypto';
import { seedRandom } from '../../src/upstream/simulator/seeded-random.ts';
import { DATABASE_ENGINES } from './database-engines.ts';
import { startLoad } from './random-load.ts';
import { readRequests } from './read-books.ts';
import { WorldUnderFault } from './world-under-fault.ts';

/** The server starts, and its books are read, in a few seconds; a machine that is busy takes longer. */
const ROUND_LIMIT_MS = 30_000;

const CALLERS = 12;

/** What is wrong once stays wrong, because entries never change: it need not be looked for after each restart. */
const AUDIT_EVERY = 5;

/** Streams that a kill meets later than this have been noted before. */
const CHECKPOINT_MS = 5_000;

/** What is killed, and when: so long after the server came up, under streams of up to `pieces`. */
export interface KillPlan {
  readonly name: string;
  readonly times: number;
  readonly leastMs: number;
  readonly mostMs: number;
  readonly pieces: number;
  readonly everyMs: number;
}

/**
 * Tests that a server which is killed again and again under load loses no bill that a caller holds, charges nobody
 * twice or for more than was sent, and after each restart has no open hold.
 */
export function killUnderLoad({ name, times, leastMs, mostMs, ...most }: KillPlan): void {
  // The kernel decides what a kill meets; the seed repeats everything else.
  const seed = process.env.FAULT_SEED ?? String(randomInt(1e9));

  for (const engine of DATABASE_ENGINES) {
    test.skipIf(engine.missing !== undefined)(
      `kill -9 under ${name}, ${times} times, on ${engine.name}`,
      async () => {
        const random = seedRandom(seed);
        const database = await engine.prepare();
        const world = await WorldUnderFault.open({ environment: database.environment });
        const { nextCall } = world;
        const load = startLoad({ server: () => world.server, random, callers: CALLERS, ...most, nextCall });
        try {
          for (let round = 1; round <= times; round += 1) {
            await Bun.sleep(leastMs + random.below(mostMs - leastMs));
            await world.kill();
            await database.afterKill();
            await world.start();
            if (round % AUDIT_EVERY !== 0) continue;
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
          const billed = load.received.filter(({ billTicks }) => billTicks !== undefined);
          expect(broken.length).toBeGreaterThan(times);
          expect(billed.length).toBeGreaterThan(times);
          if (leastMs > CHECKPOINT_MS) expect(await chargedAfterCrash(world)).toBeGreaterThan(0);
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

/** Requests that died with their server and were charged for what had been noted of them. */
async function chargedAfterCrash(world: WorldUnderFault): Promise<number> {
  const requests = await readRequests(world.server);
  return requests.filter(({ outcome, cost_ticks }) => outcome === 'interrupted' && cost_ticks !== '0').length;
}
