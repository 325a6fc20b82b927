import { afterEach, beforeEach, expect, test } from 'bun:test';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { engineHome, engineModule } from './engine-package.ts';
import { type FetchEngineOptions, fetchEngine } from './fetch-engine.ts';
import type { FetchProgress } from './fetch-progress.ts';

let scratch = '';
beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'turnpike-fetch-engine-'));
});
afterEach(() => rm(scratch, { recursive: true }));

const MODULE = engineModule('.');
const INSTALL = `
  import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
  import { dirname } from 'node:path';
  const put = (path) => { mkdirSync(dirname(path), { recursive: true }); writeFileSync(path, ''); };
`;

/** Options with a package manager whose work is the given script, and nothing behind it to fall back to. */
async function withNpm(script: string, more: Partial<FetchEngineOptions> = {}): Promise<FetchEngineOptions> {
  const npm = join(scratch, 'npm-cli.js');
  await writeFile(npm, INSTALL + script);
  return {
    dataDir: join(scratch, 'data'),
    platform: { platform: 'linux', arch: 'x64' },
    environment: { ...process.env, npm_execpath: npm, npm_node_execpath: process.execPath },
    bunPath: join(scratch, 'no-bun'),
    report: () => {},
    signal: new AbortController().signal,
    ...more,
  };
}

const leftIn = async (dataDir: string) =>
  (await readdir(engineHome(dataDir))).filter((name) => name !== 'kept');

test('the engine is there when npm has finished, and npm was told the checksum of every package', async () => {
  const reports: FetchProgress[] = [];
  const options = await withNpm(
    `put(${JSON.stringify(MODULE)}); cpSync('package.json', '../kept/package.json'); cpSync('package-lock.json', '../kept/lock.json');`,
    { report: (progress) => reports.push(progress) },
  );
  const { engineDir, failed } = await fetchEngine(options);
  expect(engineDir).toEndWith('node-llama-cpp-3.22.1-linux-x64');
  expect(failed).toEqual([]);
  expect(await leftIn(options.dataDir)).toEqual(['node-llama-cpp-3.22.1-linux-x64']);
  expect(reports[0]).toEqual({ kind: 'starting', part: 'engine', source: 'npm' });
  expect(reports.at(-1)).toMatchObject({ kind: 'fetched', part: 'engine', isVerified: true });

  const kept = join(engineHome(options.dataDir), 'kept');
  const wanted = JSON.parse(await readFile(join(kept, 'package.json'), 'utf8')).dependencies;
  expect(wanted).toEqual({ 'node-llama-cpp': '3.22.1', '@node-llama-cpp/linux-x64': '3.22.1' });
  const { packages } = JSON.parse(await readFile(join(kept, 'lock.json'), 'utf8'));
  expect(packages[''].dependencies).toEqual(wanted);
  const { '': _root, ...others } = packages;
  expect(Object.values(others).every((entry) => 'integrity' in (entry as object))).toBe(true);
  // Of the binaries only the one for this platform, and nothing that npm would have to look up.
  const binaries = Object.keys(packages).filter((place) => place.includes('@node-llama-cpp/'));
  expect(binaries).toEqual(['node_modules/@node-llama-cpp/linux-x64']);
  const looksUp = Object.values(packages).some((entry) => 'optionalDependencies' in (entry as object));
  expect(looksUp).toBe(false);
});

test('an engine that is there is not fetched again', async () => {
  const first = await withNpm(`put(${JSON.stringify(MODULE)})`);
  await fetchEngine(first);
  const reports: FetchProgress[] = [];
  const again = await withNpm('process.exit(1)', { report: (progress) => reports.push(progress) });
  expect((await fetchEngine(again)).engineDir).toBeDefined();
  expect(reports).toEqual([{ kind: 'present', part: 'engine' }]);
});

test('half an installation is not taken for a whole one, and leaves nothing', async () => {
  const options = await withNpm(
    `put(${JSON.stringify(MODULE)}); console.error('npm error of its own'); process.exit(1)`,
  );
  const { engineDir, failed } = await fetchEngine(options);
  expect(engineDir).toBeUndefined();
  expect(failed).toEqual([
    { part: 'engine', source: 'npm', fault: 'failed', detail: 'failed: npm error of its own' },
    { part: 'engine', source: 'npm (bun)', fault: 'missing-tool', detail: 'not-found: it said nothing' },
  ]);
  expect(await leftIn(options.dataDir)).toEqual([]);
});

test('an installation without its module is not complete', async () => {
  const { engineDir, failed } = await fetchEngine(await withNpm(''));
  expect(engineDir).toBeUndefined();
  expect(failed[0]).toMatchObject({ fault: 'failed', detail: 'its folder is not complete' });
});

test.each([
  ['npm error code EINTEGRITY', 'checksum'],
  [
    'npm error network request to https://u:secret@r.test/x?t=secret failed, reason: connect ECONNREFUSED',
    'unreachable',
  ],
  ['npm error code ENOSPC', 'no-space'],
] as const)('after "%s" no other program asks the same registry again', async (words, fault) => {
  const { failed } = await fetchEngine(
    await withNpm(`console.error(${JSON.stringify(words)}); process.exit(1)`),
  );
  expect(failed.map((attempt) => attempt.fault)).toEqual([fault]);
  expect(JSON.stringify(failed)).not.toContain('secret');
});

test('a platform without a binary is refused before anything is run', async () => {
  const options = await withNpm('throw 1', { platform: { platform: 'sunos', arch: 'sparc' } });
  expect((await fetchEngine(options)).failed).toMatchObject([
    { part: 'engine', fault: 'unsupported-platform', detail: 'there is no engine for sunos on sparc' },
  ]);
});

test('an interrupted installation ends at once', async () => {
  const caller = new AbortController();
  const options = await withNpm('setInterval(() => {}, 1000)', {
    signal: caller.signal,
    report: () => setTimeout(() => caller.abort(), 20),
  });
  const { engineDir, failed } = await fetchEngine(options);
  expect(engineDir).toBeUndefined();
  expect(failed).toMatchObject([{ fault: 'interrupted' }]);
  expect(await leftIn(options.dataDir)).toEqual([]);
});
