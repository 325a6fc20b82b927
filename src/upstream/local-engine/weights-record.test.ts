import { afterEach, beforeEach, expect, test } from 'bun:test';
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256OfFile } from './file-digest.ts';
import { findDamagedWeights, findWeights, recordWeights, weightsFolder } from './weights-record.ts';

let dataDir = '';
let file = '';
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'turnpike-weights-'));
  file = join(weightsFolder(dataDir), 'm.gguf');
  await mkdir(weightsFolder(dataDir), { recursive: true });
  await writeFile(file, 'the weights');
});
afterEach(() => rm(dataDir, { recursive: true }));

const record = async (wanted?: string) =>
  recordWeights(dataDir, wanted, {
    file: 'm.gguf',
    modelName: 'm',
    sha256: await sha256OfFile(file),
    checkedAgainst: 'nothing',
  });

test('what was recorded is found again', async () => {
  const made = await record();
  expect(await findWeights(dataDir, undefined)).toEqual(made);
});

test('a file of another length is not what was recorded', async () => {
  await record();
  await writeFile(file, 'the weigh');
  expect(await findWeights(dataDir, undefined)).toBeUndefined();
});

test('when only the time differs the checksum decides, and the new time is remembered', async () => {
  await record();
  await utimes(file, new Date(), new Date(1_700_000_000_000));
  expect((await findWeights(dataDir, undefined))?.modifiedMs).toBe(1_700_000_000_000);
  await writeFile(file, 'THE WEIGHTS');
  expect(await findWeights(dataDir, undefined)).toBeUndefined();
});

test('damage that keeps length and time is found by reading everything', async () => {
  const { modifiedMs } = await record();
  expect(await findDamagedWeights(dataDir)).toEqual([]);
  await writeFile(file, 'the w3ights');
  await utimes(file, new Date(), new Date(modifiedMs));
  expect(await findWeights(dataDir, undefined)).toBeDefined();
  expect(await findDamagedWeights(dataDir)).toEqual([{ path: file, isOperatorsOwn: false }]);
});

test("what was fetched and is gone is not damaged, an operator's own file that is gone is", async () => {
  await record();
  const own = join(dataDir, 'own.gguf');
  await writeFile(own, 'the weights');
  const sha256 = await sha256OfFile(own);
  await recordWeights(dataDir, own, { file: own, modelName: 'own', sha256, checkedAgainst: 'nothing' });
  await rm(file);
  await rm(own);
  expect(await findDamagedWeights(dataDir)).toEqual([{ path: own, isOperatorsOwn: true }]);
});

test('weights that were wanted by name are found by that name, and by no other', async () => {
  await record('https://example.com/m.gguf?token=secret');
  expect(await findWeights(dataDir, 'https://example.com/m.gguf?token=secret')).toBeDefined();
  expect(await findWeights(dataDir, 'https://example.com/other.gguf')).toBeUndefined();
  expect(await findWeights(dataDir, undefined)).toBeDefined();
});

test('nothing on disk shows a wanted URL', async () => {
  await record('https://example.com/m.gguf?token=secret');
  for (const name of await readdir(weightsFolder(dataDir))) {
    expect(`${name} ${await readFile(join(weightsFolder(dataDir), name), 'utf8')}`).not.toContain('secret');
  }
});

test('a record that cannot be read is no record', async () => {
  await record();
  await writeFile(join(weightsFolder(dataDir), 'default.json'), '{"file": "m.g');
  expect(await findWeights(dataDir, undefined)).toBeUndefined();
});
