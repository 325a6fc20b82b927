import { access } from 'node:fs/promises';
import { findDamagedFiles } from './engine-manifest.ts';
import { engineFolder, engineHome, findEngine, thisPlatform } from './engine-package.ts';
import { type DamagedWeights, findDamagedWeights, findWeights } from './weights-record.ts';

/** What of a local engine is in a data folder, and what of that is no longer as it was. */
export interface EngineHealth {
  /** Where it is; undefined when nothing was ever fetched. */
  readonly home: string | undefined;
  /** The engine and weights are both there. */
  readonly isComplete: boolean;
  readonly damagedEngineFiles: readonly string[];
  /** The folder that holds them. */
  readonly engineDir: string;
  readonly damagedWeights: readonly DamagedWeights[];
}

/** Reads everything from end to end; for `doctor`. */
export async function verifyLocalEngine(dataDir: string): Promise<EngineHealth> {
  const engineDir = engineFolder(dataDir, thisPlatform());
  const isInstalled = (await findEngine(dataDir, thisPlatform())) !== undefined;
  const damagedWeights = await findDamagedWeights(dataDir);
  const isBegun = await access(engineHome(dataDir)).then(
    () => true,
    () => false,
  );
  return {
    home: isBegun ? engineHome(dataDir) : undefined,
    isComplete: isInstalled && (await findWeights(dataDir, undefined)) !== undefined,
    damagedEngineFiles: isInstalled ? await findDamagedFiles(engineDir) : [],
    engineDir,
    damagedWeights,
  };
}
