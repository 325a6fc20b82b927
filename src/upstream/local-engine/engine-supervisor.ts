import { type Clock, sleep } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { EngineProcess } from './engine-process.ts';

/** Before an engine that ended is started again; twice as long each time, up to the second figure. */
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;

/** An engine that ran for this long was well; its end begins a new count. */
const WELL_AFTER_MS = 60_000;

/** Then something is wrong that another start will not mend. */
const STARTS_AT_MOST = 8;

/** Keeps an engine running. */
export interface EngineSupervisor {
  /** The engine, or undefined while there is none. */
  current(): EngineProcess | undefined;
  /** Ends the engine for good. */
  stop(): Promise<void>;
}

/** Watches over a `first` engine and puts a new one in its place when it ends. */
export function superviseEngine(options: {
  readonly first: EngineProcess;
  readonly start: () => Promise<EngineProcess>;
  readonly clock: Clock;
  readonly log: Log;
}): EngineSupervisor {
  const { first, start, clock, log } = options;
  const stopping = new AbortController();
  let engine: EngineProcess | undefined = first;

  const keepRunning = async () => {
    let startedMs = clock.monotonicMs();
    let failures = 0;
    for (;;) {
      if (engine !== undefined) {
        const reason = await engine.ended;
        engine = undefined;
        if (stopping.signal.aborted) return;
        if (clock.monotonicMs() - startedMs >= WELL_AFTER_MS) failures = 0;
        log.warn('local-engine-ended', { reason });
      }
      if (failures >= STARTS_AT_MOST) {
        log.error('local-engine-given-up', { starts: failures });
        return;
      }
      await sleep(clock, Math.min(FIRST_PAUSE_MS * 2 ** failures, LONGEST_PAUSE_MS), stopping.signal);
      failures += 1;
      startedMs = clock.monotonicMs();
      try {
        engine = await start();
      } catch (error) {
        log.warn('local-engine-not-started', { reason: error instanceof Error ? error.message : 'unknown' });
        continue;
      }
      if (stopping.signal.aborted) return engine.stop();
      log.info('local-engine-restarted', { pid: engine.pid });
    }
  };
  // It rejects only when the pause is cut short by stop().
  const done = keepRunning().catch(() => {});

  return {
    current: () => engine,
    async stop() {
      stopping.abort();
      await engine?.stop();
      await done;
    },
  };
}
