import { afterEach, beforeEach, expect, test } from 'bun:test';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findDamagedFiles, writeManifest } from './engine-manifest.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'turnpike-manifest-'));
  await mkdir(join(folder, 'a', 'b'), { recursive: true });
  await writeFile(join(folder, 'one.js'), 'one');
  await writeFile(join(folder, 'a', 'b', 'two.so'), 'two');
  await writeManifest(folder, new AbortController().signal);
});
afterEach(() => rm(folder, { recursive: true }));

test('an installation as it came has no damage, and what is added later is none', async () => {
  expect(await findDamagedFiles(folder)).toEqual([]);
  await writeFile(join(folder, 'cache'), 'x');
  expect(await findDamagedFiles(folder)).toEqual([]);
});

test('a changed file and a missing one are named', async () => {
  await writeFile(join(folder, 'one.js'), 'onE');
  await rm(join(folder, 'a', 'b', 'two.so'));
  expect((await findDamagedFiles(folder)).sort()).toEqual([
    join(folder, 'a', 'b', 'two.so'),
    join(folder, 'one.js'),
  ]);
});

test('without its manifest nothing is known to be whole', async () => {
  await rm(join(folder, 'manifest.json'));
  expect(await findDamagedFiles(folder)).toEqual([join(folder, 'manifest.json')]);
});
