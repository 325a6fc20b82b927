import { afterEach, beforeEach, expect, test } from 'bun:test';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { engineFolder, engineHome, engineModule, thisPlatform } from './engine-package.ts';
import type { FetchProgress } from './fetch-progress.ts';
import { findLocalEngine, prepareLocalEngine } from './prepare-local-engine.ts';

const GGUF = Uint8Array.from([...Buffer.from('GGUF'), 3, 0, 0, 0, 1, 2, 3]);
let dataDir = '';
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'turnpike-prepare-'));
});
afterEach(() => rm(dataDir, { recursive: true }));

/** Nothing of this machine's package managers can be found. */
const NOWHERE = { PATH: join(tmpdir(), 'turnpike-has-no-such-folder') };

function prepare(weights: string, told: FetchProgress[] = []) {
  const report = (progress: FetchProgress) => void told.push(progress);
  const { signal } = new AbortController();
  return prepareLocalEngine({ dataDir, weights, environment: NOWHERE, report, signal });
}

async function placeEngine(): Promise<void> {
  const module = engineModule(engineFolder(dataDir, thisPlatform()));
  await mkdir(dirname(module), { recursive: true });
  await writeFile(module, '');
}

test('a mistyped path or address is told before anything is fetched', async () => {
  for (const mistake of [join(dataDir, 'missing.gguf'), 'https://[bad']) {
    const told: FetchProgress[] = [];
    const { prepared, failed } = await prepare(mistake, told);
    expect(prepared).toBeUndefined();
    expect(failed.map(({ part }) => part)).toEqual(['weights']);
    expect(told.map(({ kind }) => kind)).toEqual(['failed']);
  }
  expect(await readdir(engineHome(dataDir))).toEqual(['weights']);
});

test("an engine and the operator's weights are all it needs, and are found again by that name or by none", async () => {
  await placeEngine();
  const path = join(dataDir, 'Own-1B.Q4_0.gguf');
  await writeFile(path, GGUF);
  expect(await findLocalEngine(dataDir, path)).toBeUndefined();
  const told: FetchProgress[] = [];
  const { prepared, failed } = await prepare(path, told);
  expect(failed).toEqual([]);
  expect(prepared).toMatchObject({ weightsPath: path, modelName: 'Own-1B' });
  expect(told).toEqual([
    { kind: 'checking', part: 'weights' },
    { kind: 'present', part: 'weights' },
    { kind: 'present', part: 'engine' },
  ]);
  expect(await findLocalEngine(dataDir, path)).toEqual(prepared);
  expect(await findLocalEngine(dataDir)).toEqual(prepared);
});
