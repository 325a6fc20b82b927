import { afterEach, beforeEach, expect, test } from 'bun:test';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FetchProgress, ReportProgress } from './fetch-progress.ts';
import { fetchWeights } from './fetch-weights.ts';
import { weightsPath } from './weights-record.ts';

const GGUF = Uint8Array.from([...Buffer.from('GGUF'), 3, 0, 0, 0, 1, 2, 3]);
let scratch = '';
beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'turnpike-fetch-weights-'));
});
afterEach(() => rm(scratch, { recursive: true }));

const fetchWanted = (wanted: string, report: ReportProgress = () => {}) =>
  fetchWeights({
    dataDir: join(scratch, 'data'),
    wanted,
    environment: {},
    report,
    signal: new AbortController().signal,
  });
const faultsOf = async (wanted: string) =>
  (await fetchWanted(wanted)).failed.map(({ part, source, fault }) => [part, source, fault]);

async function serving<T>(content: Uint8Array | string, use: (origin: string) => Promise<T>): Promise<T> {
  const server = createServer((_request, response) => response.end(content));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

test("the operator's own file is used where it lies", async () => {
  const path = join(scratch, 'My-Model.Q8_0.gguf');
  await writeFile(path, GGUF);
  const fetched = await fetchWanted(path);
  expect(fetched).toMatchObject({ failed: [], record: { file: path, modelName: 'My-Model' } });
});

test('what is no model is refused, and the path is told as it was given', async () => {
  const path = join(scratch, 'notes.txt');
  await writeFile(path, 'some notes');
  expect(await faultsOf(path)).toEqual([['weights', path, 'not-a-model']]);
  const missing = join(scratch, 'missing.gguf');
  expect(await faultsOf(missing)).toEqual([['weights', missing, 'no-such-file']]);
  expect(await faultsOf('https://[bad')).toEqual([['weights', '--weights', 'bad-address']]);
});

test('a URL is downloaded once, and its credential is told to nobody', async () => {
  const fetched = await serving(GGUF, async (origin) => {
    await fetchWanted(`${origin}/models/Tiny-1M.Q4_0.gguf?token=secret`);
    return { again: () => fetchWanted(`${origin}/models/Tiny-1M.Q4_0.gguf?token=secret`) };
  });
  // The server is gone; only what is on the disk can answer.
  const again = await fetched.again();
  expect(again).toMatchObject({ failed: [], record: { modelName: 'Tiny-1M' } });
  expect(JSON.stringify(again)).not.toContain('secret');
});

test('files of the same name from two places do not overwrite each other', async () => {
  const paths = await serving(GGUF, async (origin) =>
    Promise.all(
      ['/a/model.gguf', '/b/model.gguf'].map(async (path) => {
        const fetched = await fetchWanted(origin + path);
        return fetched.record === undefined ? '' : weightsPath(scratch, fetched.record);
      }),
    ),
  );
  expect(new Set(paths).size).toBe(2);
});

test('a page instead of a model is refused, and the reason holds no credential', async () => {
  const fetched = await serving('<html>please sign in</html>', (origin) =>
    fetchWanted(`${origin}/m.gguf?token=secret`),
  );
  expect(fetched.failed[0]?.fault).toBe('not-a-model');
  expect(JSON.stringify(fetched)).not.toContain('secret');
});

test('a server that cannot be reached is told by its host', async () => {
  expect(await faultsOf('http://127.0.0.1:9/m.gguf?token=secret')).toEqual([
    ['weights', '127.0.0.1:9', 'unreachable'],
  ]);
});

test('a download is told from its start to its end, and that no checksum vouched for it', async () => {
  const told: FetchProgress[] = [];
  await serving(GGUF, (origin) => fetchWanted(`${origin}/m.gguf`, (progress) => told.push(progress)));
  const kinds = told.map(({ kind }) => kind).filter((kind) => kind !== 'advancing');
  expect(kinds).toEqual(['starting', 'checking', 'fetched']);
  expect(told.at(-1)).toMatchObject({ part: 'weights', sizeBytes: GGUF.length, isVerified: false });
});

test('a folder that cannot be made is a fault like any other', async () => {
  await writeFile(join(scratch, 'data'), 'a file in its place');
  const path = join(scratch, 'm.gguf');
  await writeFile(path, GGUF);
  expect(await faultsOf(path)).toEqual([['weights', path, 'failed']]);
});
