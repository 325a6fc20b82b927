import { expect, test } from 'bun:test';
import { randomInt } from 'node:crypto';
import { seedRandom } from '../../src/upstream/simulator/seeded-random.ts';
import { startLoad } from './random-load.ts';
import { callAndRecord } from './witness-client.ts';
import { WorldUnderFault } from './world-under-fault.ts';

/**
 * A server that stands still as a whole, as under a debugger, in a machine that is moved, or on a laptop that is shut.
 * When it goes on, much is late; nothing of it may be taken for dead.
 */

/** Longer than the writer's deadline (ten seconds), and than a sign of life or a checkpoint is away. */
const PAUSE_MS = 12_000;

const STREAMS = 16;
const CALLERS = 12;
const seed = process.env.FAULT_SEED ?? String(randomInt(1e9));

test('a pause of twelve seconds ends no stream and no hold before its time, and charges nobody twice', async () => {
  const random = seedRandom(seed);
  const world = await WorldUnderFault.open();
  const { nextCall } = world;
  try {
    // Each of these is written for longer than the pause, so it is under way before, during and after.
    const streams = Array.from({ length: STREAMS }, () =>
      callAndRecord(world.server, { stream: true, order: { call: nextCall(), pieces: 400, everyMs: 45 } }),
    );
    while (world.upstream.answers.size < STREAMS) await Bun.sleep(5);
    const load = startLoad({
      server: () => world.server,
      random,
      callers: CALLERS,
      pieces: 30,
      everyMs: 10,
      nextCall,
    });
    await Bun.sleep(500 + random.below(1_000));
    world.pause();
    await Bun.sleep(PAUSE_MS);
    world.resume();
    await Bun.sleep(2_000);
    await load.stop();
    const long = await Promise.all(streams);
    expect(long).toMatchObject(streams.map(() => ({ status: 200, isDone: true, pieces: 400 })));
    // What waited for the books while they stood still may be refused, in the words for that.
    for (const { status, errorCode } of load.received)
      if (status !== 200 && status !== 0) expect([status, errorCode]).toEqual([503, 'unavailable']);
    await world.untilNothingIsHeld();
    expect({ seed, found: await world.judge([...long, ...load.received]) }).toEqual({ seed, found: [] });
  } finally {
    world.resume();
    await world.close();
  }
}, 180_000);
