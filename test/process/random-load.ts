import type { SeededRandom } from '../../src/upstream/simulator/seeded-random.ts';
import type { RunningServer } from '../fakes/running-server.ts';
import { callAndRecord, type ReceivedAnswer } from './witness-client.ts';

/** A caller whose server has gone looks for the next one in so many milliseconds. */
const LOOK_AGAIN_MS = 20;

export interface RandomLoad {
  /** Everything that callers got back so far. */
  readonly received: readonly ReceivedAnswer[];
  /** Lets the calls under way finish and begins no new ones. */
  stop(): Promise<void>;
}

export interface LoadOptions {
  /** Asked before each call, because a server that was killed comes back under another address. */
  readonly server: () => RunningServer;
  readonly random: SeededRandom;
  readonly callers: number;
  /** The most pieces of a stream, and the most milliseconds between two. */
  readonly pieces: number;
  readonly everyMs: number;
  /** Numbers the calls. */
  readonly nextCall: () => number;
}

/** Streams and short calls, one after the other by each caller; one in eight hangs up in the middle. */
export function startLoad({ server, random, callers, nextCall, ...most }: LoadOptions): RandomLoad {
  const received: ReceivedAnswer[] = [];
  let isOver = false;
  const call = async () => {
    const stream = random.below(3) > 0;
    const order = {
      call: nextCall(),
      pieces: 1 + random.below(stream ? most.pieces : 20),
      everyMs: 1 + random.below(most.everyMs),
    };
    const hangUpAfterBytes = random.below(8) === 0 ? 1 + random.below(4_000) : undefined;
    const answer = await callAndRecord(server(), { stream, order, hangUpAfterBytes });
    received.push(answer);
    if (answer.status === 0 && hangUpAfterBytes === undefined) await Bun.sleep(LOOK_AGAIN_MS);
  };
  const caller = async () => {
    while (!isOver) await call();
  };
  const all = Array.from({ length: callers }, caller);
  return {
    received,
    async stop() {
      isOver = true;
      await Promise.all(all);
    },
  };
}
