import type { Load } from './load/run-load.ts';

/** How much is measured: what each process goes through, and how many processes. */
export interface Plan {
  /** Fresh processes of each candidate. */
  readonly rounds: number;
  /** No process is started that would not be through by then; the tables say what that left out. */
  readonly limitMs: number;
  readonly warmUp: Load;
  readonly warmUpStreams: Load;
  /** Whole answers to bodies of a size, one after the other on each of 32 connections. */
  whole(sizeBytes: number): Load;
  readonly manyConnections: Load;
  readonly oneConnection: Load;
  /** Short streams, one at a time: the time to the first chunk. */
  readonly firstChunk: Load;
  /** 200 streams at a time, a chunk every 20 ms. */
  readonly paced: Load;
  /** 2,000 streams at once, a chunk every 100 ms. */
  readonly crowd: Load;
}

export const FULL_PLAN: Plan = makePlan({ rounds: 3, limitMs: 14 * 60_000, seconds: 2.5, pacedRounds: 2 });

/** A look that takes three minutes at most; one process says little about spread. */
export const QUICK_PLAN: Plan = makePlan({ rounds: 1, limitMs: 160_000, seconds: 1.5, pacedRounds: 1 });

function makePlan({
  rounds,
  limitMs,
  seconds,
  pacedRounds,
}: {
  rounds: number;
  limitMs: number;
  seconds: number;
  pacedRounds: number;
}): Plan {
  // A slow gateway must not take the time of all.
  const limitSeconds = 15;
  return {
    rounds,
    limitMs,
    // Just-in-time compilers need many thousands of calls before they show what they can do.
    warmUp: { connections: 32, requests: 40_000, seconds: 4 * seconds, sizeBytes: 256, limitSeconds },
    warmUpStreams: {
      connections: 50,
      requests: 100,
      sizeBytes: 256,
      stream: { chunks: 50, intervalMs: 5 },
      limitSeconds,
    },
    whole: (sizeBytes) => ({ connections: 32, seconds, sizeBytes, limitSeconds }),
    manyConnections: { connections: 64, seconds, sizeBytes: 256, limitSeconds },
    oneConnection: { connections: 1, seconds, sizeBytes: 256, limitSeconds },
    firstChunk: {
      connections: 1,
      seconds: seconds / 2,
      sizeBytes: 256,
      stream: { chunks: 2, intervalMs: 0 },
      limitSeconds,
    },
    paced: {
      connections: 200,
      requests: 200 * pacedRounds,
      rampMs: 400,
      sizeBytes: 256,
      stream: { chunks: 100, intervalMs: 20 },
      limitSeconds,
    },
    crowd: {
      connections: 2_000,
      requests: 2_000,
      rampMs: 1_500,
      sizeBytes: 256,
      stream: { chunks: 50, intervalMs: 100 },
      limitSeconds,
    },
  };
}
