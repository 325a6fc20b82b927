import { verifyLocalEngine } from '../../upstream/local-engine/verify-local-engine.ts';
import { type CheckResult, found } from './check-result.ts';

/** The engine and weights in the data folder are whole and as they came. Says nothing where none were ever fetched. */
export async function checkLocalEngine(dataDir: string): Promise<CheckResult[]> {
  const { home, isComplete, engineDir, damagedEngineFiles, damagedWeights } =
    await verifyLocalEngine(dataDir);
  if (home === undefined) return [];
  const findings: CheckResult[] = [];
  const [first] = damagedEngineFiles;
  if (first !== undefined) {
    const facts = { path: first, files: damagedEngineFiles.length, folder: engineDir };
    findings.push(found('problem', 'engine-damaged', facts));
  }
  for (const { path, isOperatorsOwn } of damagedWeights) {
    // Whoever moved a file of their own meant to; the start looks at what else there is.
    findings.push(
      isOperatorsOwn
        ? found('warning', 'own-weights-changed', { path })
        : found('problem', 'weights-damaged', { path }),
    );
  }
  if (findings.length > 0) return findings;
  return [
    found(isComplete ? 'ok' : 'warning', isComplete ? 'engine-ready' : 'engine-incomplete', { path: home }),
  ];
}
