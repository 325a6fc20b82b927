/**
 * The local engine that tests share: fetched through the package managers of this machine, once, into
 * `data/test-engine` or the folder named by TURNPIKE_TEST_ENGINE_DIR. Where it cannot be had, the tests that need it
 * are skipped under a name that says why.
 */
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { acquireDataLock, isHeld } from '../../src/process/data-lock.ts';
import {
  type PreparedEngine,
  prepareLocalEngine,
} from '../../src/upstream/local-engine/prepare-local-engine.ts';

const FETCH_DEADLINE_MS = 5 * 60_000;
const LOOK_EVERY_MS = 200;

export interface TestEngine {
  /** What stands for the data folder of a server; the engine is below it. */
  readonly dataDir: string;
  /** Undefined where it could not be fetched. */
  readonly prepared: PreparedEngine | undefined;
  /** The name of the tests that need it. */
  readonly title: string;
}

/** The engine, fetched if it is not there. Test files run side by side; one fetches, the others wait for it. */
export async function prepareTestEngine(): Promise<TestEngine> {
  const dataDir =
    process.env.TURNPIKE_TEST_ENGINE_DIR ?? fileURLToPath(new URL('../../data/test-engine', import.meta.url));
  await mkdir(dataDir, { recursive: true });
  const signal = AbortSignal.timeout(FETCH_DEADLINE_MS);
  let lock = await acquireDataLock(dataDir);
  while (isHeld(lock)) {
    if (signal.aborted) throw new Error(`another process has been fetching into ${dataDir} for too long`);
    await Bun.sleep(LOOK_EVERY_MS);
    lock = await acquireDataLock(dataDir);
  }
  try {
    const { prepared, failed } = await prepareLocalEngine({
      dataDir,
      environment: process.env,
      report: () => {},
      signal,
    });
    const why = failed.map(({ part, source, fault }) => `${part} from ${source}: ${fault}`).join('; ');
    const title = `the local engine${prepared === undefined ? `, which could not be fetched here: ${why}` : ''}`;
    return { dataDir, prepared, title };
  } finally {
    lock.release();
  }
}
