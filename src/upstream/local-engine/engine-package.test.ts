import { afterAll, expect, test } from 'bun:test';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { binaryPackageFor, engineFolder, engineModule, findEngine } from './engine-package.ts';

const dataDir = await mkdtemp(join(tmpdir(), 'turnpike-engine-'));
afterAll(() => rm(dataDir, { recursive: true }));
const linux = { platform: 'linux', arch: 'x64' };

test('there is one binary for each platform, and none for an unknown one', () => {
  expect(binaryPackageFor(linux)).toBe('@node-llama-cpp/linux-x64');
  expect(binaryPackageFor({ platform: 'darwin', arch: 'arm64' })).toBe('@node-llama-cpp/mac-arm64-metal');
  expect(binaryPackageFor({ platform: 'sunos', arch: 'sparc' })).toBeUndefined();
});

test('an engine is found when its module is there, and only for its own platform', async () => {
  const folder = engineFolder(dataDir, linux);
  await mkdir(folder, { recursive: true });
  expect(await findEngine(dataDir, linux)).toBeUndefined();
  await mkdir(dirname(engineModule(folder)), { recursive: true });
  await writeFile(engineModule(folder), '');
  expect(await findEngine(dataDir, linux)).toBe(folder);
  expect(await findEngine(dataDir, { platform: 'linux', arch: 'arm64' })).toBeUndefined();
});
