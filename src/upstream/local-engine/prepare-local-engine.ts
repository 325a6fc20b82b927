import { findEngine, thisPlatform } from './engine-package.ts';
import { fetchEngine } from './fetch-engine.ts';
import type { FailedSource } from './fetch-failure.ts';
import { calmReports, type ReportProgress } from './fetch-progress.ts';
import { fetchWeights } from './fetch-weights.ts';
import { findWeights, isWebAddress, type WeightsRecord, weightsPath } from './weights-record.ts';

/** A local engine that can be started. */
export interface PreparedEngine {
  readonly engineDir: string;
  readonly weightsPath: string;
  /** The real name of the model, for example `SmolLM2-135M-Instruct`. */
  readonly modelName: string;
}

export interface PrepareOptions {
  readonly dataDir: string;
  /** A path or an http(s) URL of a GGUF file; without it a small open model is chosen. */
  readonly weights?: string | undefined;
  readonly report: ReportProgress;
  readonly signal: AbortSignal;
  /** The server's variables; npm and pip inherit them, but for its own settings. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export interface PrepareResult {
  /** Undefined when something of it could not be had. */
  readonly prepared: PreparedEngine | undefined;
  /** The sources that were tried in vain, also when another one had it. */
  readonly failed: readonly FailedSource[];
}

/** Fetches what the local engine needs and is not there yet. Whatever goes wrong is in its answer; it never rejects. */
export async function prepareLocalEngine(options: PrepareOptions): Promise<PrepareResult> {
  const { dataDir, weights: wanted, signal, environment } = options;
  const report = calmReports(options.report);
  const common = { dataDir, environment, report, signal };
  // A mistyped path or address is said at once, and not after an engine was fetched for nothing.
  const needsNetwork = wanted === undefined || (isWebAddress(wanted) && URL.canParse(wanted));
  const named = !needsNetwork ? await fetchWeights({ ...common, wanted }) : undefined;
  if (named !== undefined && named.record === undefined) return { prepared: undefined, failed: named.failed };

  const { engineDir, failed } = await fetchEngine({
    ...common,
    platform: thisPlatform(),
    bunPath: process.execPath,
  });
  if (engineDir === undefined) return { prepared: undefined, failed };
  const weights = named ?? (await fetchWeights({ ...common, wanted }));
  return {
    prepared: weights.record === undefined ? undefined : prepared(dataDir, engineDir, weights.record),
    failed: [...failed, ...weights.failed],
  };
}

/** What is there already, without asking the network. */
export async function findLocalEngine(dataDir: string, wanted?: string): Promise<PreparedEngine | undefined> {
  const engineDir = await findEngine(dataDir, thisPlatform());
  const record = await findWeights(dataDir, wanted);
  return engineDir === undefined || record === undefined ? undefined : prepared(dataDir, engineDir, record);
}

function prepared(dataDir: string, engineDir: string, record: WeightsRecord): PreparedEngine {
  return { engineDir, weightsPath: weightsPath(dataDir, record), modelName: record.modelName };
}
