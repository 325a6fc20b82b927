import type { Log } from '../ports/log.ts';
import { discardWeights } from '../upstream/local-engine/fetch-weights.ts';
import { type LocalEngine, startLocalEngine } from '../upstream/local-engine/local-engine.ts';
import { LocalModelDesk } from '../upstream/local-engine/local-model-desk.ts';
import { prepareLocalEngine } from '../upstream/local-engine/prepare-local-engine.ts';
import type { Config } from './config.ts';
import { systemClock as clock } from './system-clock.ts';

/** The desk for a model that is fetched while the server runs; `adopt` lets calls go to it. */
export function composeLocalModel(
  { dataDir, weights }: Pick<Config, 'dataDir' | 'weights'>,
  log: Log,
  adopt: (engine: LocalEngine) => void,
): LocalModelDesk {
  return new LocalModelDesk({
    clock,
    async prepare(report, signal) {
      const result = await prepareLocalEngine({ dataDir, environment: process.env, weights, signal, report });
      for (const { part, source, fault, detail } of signal.aborted ? [] : result.failed)
        log.warn('local-model-not-fetched', { part, source, fault, detail });
      return result;
    },
    async start(prepared, signal) {
      try {
        return await startLocalEngine({ ...prepared, environment: process.env, log, clock, signal });
      } catch (error) {
        const reason = error instanceof Error ? error.message : 'unknown';
        if (!signal.aborted) log.warn('local-engine-not-started', { model: prepared.modelName, reason });
        throw error;
      }
    },
    discard: () => discardWeights(dataDir),
    adopt,
  });
}
