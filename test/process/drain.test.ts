import { expect, test } from 'bun:test';
import { callAndRecord, type ReceivedAnswer } from './witness-client.ts';
import { WorldUnderFault } from './world-under-fault.ts';

/**
 * A server that is told to stop: what is under way is finished within the grace time, or ends in words, and either
 * way its bill is exact.
 */

const STREAMS = 12;
const SHORT = { pieces: 40, everyMs: 20 };
const LONG = { pieces: 100_000, everyMs: 20 };

/** A second signal within a second of the first is taken for the same wish. */
const ANOTHER_WISH_MS = 1_500;

interface Stopped {
  readonly world: WorldUnderFault;
  readonly received: readonly ReceivedAnswer[];
  readonly exitCode: number | null;
}

/** Stops a server under streams, the half of them short, and starts the next one on its books. */
async function stopUnderStreams(
  graceSeconds: number,
  tellToStop: (world: WorldUnderFault) => Promise<number | null>,
  judge: (stopped: Stopped) => Promise<void>,
): Promise<void> {
  const world = await WorldUnderFault.open({ environment: { TURNPIKE_GRACE_SECONDS: `${graceSeconds}` } });
  try {
    const streams = Array.from({ length: STREAMS }, (_, index) =>
      callAndRecord(world.server, {
        stream: true,
        order: { call: world.nextCall(), ...(index % 2 === 0 ? SHORT : LONG) },
      }),
    );
    const begun = () =>
      [...world.upstream.answers.values()].filter(([answer]) => answer?.pieceTimesMs.length);
    while (begun().length < STREAMS) await Bun.sleep(5);
    const exitCode = await tellToStop(world);
    const received = await Promise.all(streams);
    await world.start();
    expect(await world.judge(received)).toEqual([]);
    expect(world.server.log()).not.toContain('holds-of-a-dead-process-ended');
    await judge({ world, received, exitCode });
  } finally {
    await world.close();
  }
}

/** Short streams are whole; long ones end in words, and what arrived of them is what is paid for. */
async function expectOrderlyEnd({ world, received, exitCode }: Stopped): Promise<void> {
  expect(exitCode).toBe(0);
  const short = received.filter((_, index) => index % 2 === 0);
  const long = received.filter((_, index) => index % 2 === 1);
  expect(short).toMatchObject(short.map(() => ({ isDone: true, pieces: SHORT.pieces })));
  expect(long).toMatchObject(
    long.map(() => ({ isDone: false, isEnded: true, errorCode: 'unavailable', billTicks: undefined })),
  );
  const { rows } = (await world.server.turnpike('usage', 'requests')) as {
    rows: { request_id: string; outcome: string; output_tokens: number }[];
  };
  const charged = new Map(rows.map((row) => [row.request_id, row]));
  for (const { requestId = '', pieces } of long)
    expect(charged.get(requestId)).toMatchObject({ outcome: 'shut-down', output_tokens: pieces });
}

const saysStopping = async ({ server }: WorldUnderFault) => {
  while (!server.output().includes('Stopping')) await Bun.sleep(5);
};

test('SIGTERM: short streams are finished within the grace time, long ones end in words', async () => {
  await stopUnderStreams(2, ({ server }) => server.kill('SIGTERM'), expectOrderlyEnd);
}, 60_000);

test('a second SIGTERM ends the grace time: what is still open ends in words, charged to the piece', async () => {
  await stopUnderStreams(
    600,
    async (world) => {
      const stopped = world.server.kill('SIGTERM');
      await saysStopping(world);
      await Bun.sleep(ANOTHER_WISH_MS);
      await world.server.kill('SIGTERM');
      return stopped;
    },
    expectOrderlyEnd,
  );
}, 60_000);
