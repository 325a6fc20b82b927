import { afterAll, expect, test } from 'bun:test';
import { randomInt } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { seedRandom } from '../../src/upstream/simulator/seeded-random.ts';
import { DiskUnderFault, whyNoDisk } from './file-system-under-fault.ts';
import { forgetSyncs } from './forget-syncs.ts';
import { startLoad } from './random-load.ts';
import { WorldUnderFault } from './world-under-fault.ts';

/** The power goes under load: every bill that a caller holds in hands is in the books that the disk still has. */

const CALLERS = 12;
const LEAST_BILLS = 20;
const missing = whyNoDisk();
const why = missing === undefined ? '' : ` (${missing})`;
const forgotten = missing === undefined ? forgetSyncs() : missing;
const noControl = typeof forgotten === 'string' ? forgotten : undefined;
afterAll(() => typeof forgotten !== 'string' && forgotten.remove());

const seed = process.env.FAULT_SEED ?? String(randomInt(1e9));

const NOT_SYNCED = 'written just before the power went, and never synced';

/**
 * Cuts the power of a server under load; answers what its books and its callers do not agree upon afterwards. A file
 * that nobody synced shows that the power was really cut.
 */
async function cutPowerUnderLoad(environment: Record<string, string> = {}): Promise<string[]> {
  const disk = new DiskUnderFault();
  try {
    const before = await WorldUnderFault.open({ dataDir: disk.folder, environment });
    const random = seedRandom(seed);
    const load = startLoad({
      server: () => before.server,
      random,
      callers: CALLERS,
      pieces: 40,
      everyMs: 12,
      nextCall: before.nextCall,
    });
    try {
      // What the cut may take is what comes from now on.
      disk.sync();
      const isBilled = () => load.received.filter(({ billTicks }) => billTicks !== undefined).length;
      while (isBilled() < LEAST_BILLS) await Bun.sleep(5);
      await Bun.sleep(random.below(500));
      // The machine stops first: no server outlives its power and says of a bill that it has been written.
      before.pause();
      writeFileSync(join(disk.folder, 'control'), NOT_SYNCED);
      disk.cutPower();
      await before.kill();
      await load.stop();
      disk.restorePower();
      const control = join(disk.folder, 'control');
      expect(existsSync(control) ? readFileSync(control, 'utf8') : '').not.toBe(NOT_SYNCED);
      await before.moveTo(disk.folder);
      return await before.judge(load.received);
    } finally {
      await before.close();
      await load.stop();
    }
  } finally {
    disk.remove();
  }
}

test.skipIf(missing !== undefined)(
  `a power cut under load takes no bill that a caller holds${why}`,
  async () => {
    expect({ seed, found: await cutPowerUnderLoad() }).toEqual({ seed, found: [] });
  },
  60_000,
);

// Without it nobody would know whether a server that does not sync would be found out.
test.skipIf(noControl !== undefined)(
  `the same cut takes the bills of a server whose syncs are forgotten${noControl === undefined ? '' : ` (${noControl})`}`,
  async () => {
    if (typeof forgotten === 'string') return;
    const found = await cutPowerUnderLoad(forgotten.environment).catch((reason: Error) => [reason.message]);
    expect(found.join('\n')).toMatch(/its caller holds a bill|the server did not start/);
  },
  60_000,
);
