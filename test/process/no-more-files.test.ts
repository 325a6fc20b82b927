import { expect, test } from 'bun:test';
import { serverProcessId } from '../fakes/running-server.ts';
import { callAndRecord, type ReceivedAnswer } from './witness-client.ts';
import { WorldUnderFault } from './world-under-fault.ts';

/** A server that may open no further file or connection: what is open lives on, and room is all it takes. */

const STREAMS = 8;
const missing = Bun.which('prlimit') === null ? 'prlimit is not installed' : undefined;

test.skipIf(missing !== undefined)(
  `without file descriptors open streams are finished, and new calls are served when there are some again${missing === undefined ? '' : ` (${missing})`}`,
  async () => {
    const world = await WorldUnderFault.open();
    const limitFiles = (limit: string) =>
      Bun.spawnSync(['prlimit', '--pid', String(serverProcessId(world.server)), `--nofile=${limit}:`]);
    const received: ReceivedAnswer[] = [];
    const ask = async (pieces: number) => {
      const order = { call: world.nextCall(), pieces, everyMs: 20 };
      const answer = await callAndRecord(world.server, { stream: true, order });
      received.push(answer);
      return answer;
    };
    try {
      const streams = Array.from({ length: STREAMS }, () => ask(100));
      while (world.upstream.answers.size < STREAMS) await Bun.sleep(5);
      expect(limitFiles('1').success).toBe(true);
      const late = Array.from({ length: STREAMS }, () => ask(3));
      for (const answer of await Promise.all(streams))
        expect(answer).toMatchObject({ status: 200, isDone: true, pieces: 100 });
      // None of the others has got as far as the upstream.
      expect(world.upstream.answers.size).toBe(STREAMS);

      expect(limitFiles('4096').success).toBe(true);
      for (const { status } of await Promise.all(late)) expect([0, 200, 502, 503]).toContain(status);
      expect(await ask(3)).toMatchObject({ status: 200, isDone: true });
      await world.untilNothingIsHeld();
      expect(await world.judge(received)).toEqual([]);
    } finally {
      await world.close();
    }
  },
  60_000,
);
