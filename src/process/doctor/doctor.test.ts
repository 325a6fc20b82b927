import { afterEach, beforeEach, describe, expect, test } from 'bun:test';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ManualClock } from '../../../test/fakes/manual-clock.ts';
import { SHIPPED_CATALOGUE } from '../../console/shipped-catalogue.ts';
import { openMemoryStorage } from '../../storage/memory/storage.ts';
import { StorageNotOpened, StorageUnavailable } from '../../storage/storage-error.ts';
import type { Upkeep } from '../../storage/upkeep.ts';
import { writeManifest } from '../../upstream/local-engine/engine-manifest.ts';
import { engineFolder, engineModule, thisPlatform } from '../../upstream/local-engine/engine-package.ts';
import { sha256OfFile } from '../../upstream/local-engine/file-digest.ts';
import { recordWeights, weightsFolder } from '../../upstream/local-engine/weights-record.ts';
import { checkCatalogue, checkUpstreams } from './check-catalogue.ts';
import { checkClock } from './check-clock.ts';
import { checkFolder } from './check-folder.ts';
import { checkLocalEngine } from './check-local-engine.ts';
import { checkRuntime } from './check-runtime.ts';
import { type DoctorScene, diagnose } from './diagnose.ts';

const { models } = SHIPPED_CATALOGUE;
const NOW_MS = Date.UTC(2026, 10, 22);
const codes = (results: readonly { code: string; state: string }[]) =>
  results.map(({ code, state }) => `${state} ${code}`);

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'turnpike-doctor-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('the folder: private, open, missing', () => {
  expect(codes(checkFolder(folder))).toEqual(['ok folder-ok']);
  chmodSync(folder, 0o755);
  writeFileSync(join(folder, 'secret.key'), 'x', { mode: 0o644 });
  expect(codes(checkFolder(folder))).toEqual([
    'warning open-to-others',
    'problem open-to-others',
    'problem key-file-unusable',
  ]);
  expect(codes(checkFolder(join(folder, 'secret.key')))).toEqual(['problem folder-missing']);
});

test('the catalogue: sound, empty, without a price, with a name twice', () => {
  const [first] = models;
  if (first === undefined) throw new Error('nothing is shipped');
  expect(codes(checkCatalogue(models, NOW_MS))).toEqual(['ok catalogue-ok']);
  expect(codes(checkCatalogue([], NOW_MS))).toEqual(['warning catalogue-empty']);
  const later = {
    ...first,
    id: 'later',
    aliases: ['grok-2'],
    prices: first.prices.map((price) => ({ ...price, validFromMs: NOW_MS + 1 })),
  };
  expect(codes(checkCatalogue([...models, later], NOW_MS))).toEqual([
    'problem model-without-price',
    'problem name-twice',
  ]);
  expect(codes(checkCatalogue([{ ...first, contextTokens: 0 }], NOW_MS))).toEqual(['problem model-wrong']);
});

test('upstreams: as the server has them, else as the channels say', () => {
  const answers: Record<string, { channel: string; simulated: boolean }> = {
    'grok-beta': { channel: 'xai', simulated: false },
  };
  expect(codes(checkUpstreams(models, [], (model) => answers[model.id]))).toEqual([
    'ok model-answered',
    'problem model-unanswered',
  ]);
  expect(codes(checkUpstreams(models, [], () => ({ channel: 'simulator', simulated: true })))).toEqual(
    Array(2).fill('warning model-simulated'),
  );
  const channel = {
    id: '1',
    name: 'xai',
    kind: 'openai-compatible',
    baseUrl: 'x',
    sealedKey: null,
    models: { 'grok-beta': 'grok-beta' },
    inputModalities: ['text'],
    contextTokens: null,
    priority: 0,
    enabled: true,
    createdAtMs: 0,
  } as const;
  expect(codes(checkUpstreams(models, [channel], undefined))).toEqual([
    'ok model-answered',
    'warning model-by-default',
  ]);
  expect(codes(checkUpstreams(models, [{ ...channel, enabled: false }], undefined))).toEqual(
    Array(2).fill('warning model-by-default'),
  );
});

describe('the local engine', () => {
  const weights = () => join(weightsFolder(folder), 'm.gguf');
  const engineDir = () => engineFolder(folder, thisPlatform());

  async function placeEngine(): Promise<void> {
    mkdirSync(dirname(engineModule(engineDir())), { recursive: true });
    writeFileSync(engineModule(engineDir()), 'export {}');
    await writeManifest(engineDir(), new AbortController().signal);
    mkdirSync(weightsFolder(folder), { recursive: true });
    writeFileSync(weights(), 'weights');
    const sha256 = await sha256OfFile(weights());
    const record = { modelName: 'm', sha256, checkedAgainst: 'nothing' } as const;
    await recordWeights(folder, undefined, { ...record, file: 'm.gguf' });
    // An operator's own file is recorded by its whole path.
    await recordWeights(folder, weights(), { ...record, file: weights() });
  }

  test('where none was ever fetched, nothing is said', async () => {
    expect(await checkLocalEngine(folder)).toEqual([]);
  });

  test('whole, half, and with each kind of damage', async () => {
    await placeEngine();
    expect(codes(await checkLocalEngine(folder))).toEqual(['ok engine-ready']);

    writeFileSync(weights(), 'w3ights');
    expect(codes(await checkLocalEngine(folder)).sort()).toEqual([
      'problem weights-damaged',
      'warning own-weights-changed',
    ]);

    writeFileSync(engineModule(engineDir()), 'export { x }');
    const damaged = (await checkLocalEngine(folder)).find(({ code }) => code === 'engine-damaged');
    expect(damaged).toEqual({
      state: 'problem',
      code: 'engine-damaged',
      facts: { path: engineModule(engineDir()), files: 1, folder: engineDir() },
    });

    rmSync(weightsFolder(folder), { recursive: true });
    rmSync(engineDir(), { recursive: true });
    expect(codes(await checkLocalEngine(folder))).toEqual(['warning engine-incomplete']);
  });
});

test('the runtime: its version, and how many requests it sends at once', () => {
  const check = (version: string, most?: string) =>
    codes(checkRuntime({ BUN_CONFIG_MAX_HTTP_REQUESTS: most }, version));
  expect(check('1.4.5', '20000')).toEqual(['ok bun-ok', 'ok connections-ok']);
  expect(check('1.10.0', '20000')).toEqual(['ok bun-ok', 'ok connections-ok']);
  expect(check('1.4.4')).toEqual(['problem bun-old', 'warning connections-few']);
  expect(check('2.0.0', 'many')).toEqual(['ok bun-ok', 'warning connections-few']);
});

test('the clock: believable, and not behind what was written', () => {
  expect(codes(checkClock(NOW_MS, [NOW_MS + 1_000]))).toEqual(['ok clock-ok']);
  expect(codes(checkClock(0, []))).toEqual(['problem clock-wrong']);
  expect(codes(checkClock(NOW_MS, [NOW_MS + 3_600_000]))).toEqual(['problem clock-behind']);
});

test('it always answers, whatever is wrong with the database', async () => {
  const scene = (database: DoctorScene['database'], holder: DoctorScene['holder'] = 'nobody') =>
    diagnose({ dataDir: folder, variables: {}, clock: new ManualClock(), database, holder }).then(codes);
  const storage = openMemoryStorage();
  expect(await scene({ kind: 'open', storage })).toContain('ok database-ok');
  const sick = { ...storage, check: () => Promise.reject(new Error('disk full')) };
  expect(await scene({ kind: 'open', storage: sick })).toContain('problem database-not-working');
  const damaged = new StorageUnavailable('damaged', 'not-done', 'x');
  const unsound = { ...storage, check: () => Promise.reject(damaged) };
  expect(await scene({ kind: 'open', storage: unsound })).toContain('problem database-damaged');
  const upkeep = { isSound: async () => false } as Upkeep;
  expect(await scene({ kind: 'open', storage: { ...storage, upkeep } })).toContain(
    'problem database-damaged',
  );
  const error = new StorageNotOpened('newer', 'x');
  expect(await scene({ kind: 'failed', error })).toContain('problem database-not-opened');
  expect(await scene({ kind: 'not-looked-at' }, { pid: 7 })).toContain('problem folder-held');
});
