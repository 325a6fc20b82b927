import { expect, test } from 'bun:test';
import { rawCall } from '../fakes/raw-call.ts';
import { expectBooksInOrder, serverBeforeUpstream, untilCounts } from '../fakes/server-before-upstream.ts';

/** The runtime carries out 256 calls at once and queues the rest without a word, unless it is told otherwise. */

const STREAMS = 2_000;
const EVERY_MS = 200;
const PIECES = 20;

/** How many rounds of the upstream a piece may arrive behind the foremost stream, on a machine that is busy. */
const ROUNDS_LATE = 20;

const both = serverBeforeUpstream();

// The upstream ends none of them before all were open at one moment. Where some are queued it gives up after a
// while, ends the others, and says how many there were.
test('2,000 streams run at once, each at its own pace', async () => {
  const { server, upstream } = both();
  let foremost = 0;
  let latest = 0;
  const onPiece = (piece: string) => {
    const round = Number(/"content":"(\d+) "/.exec(piece)?.[1] ?? 0);
    if (round === 0) return;
    foremost = Math.max(foremost, round);
    latest = Math.max(latest, foremost - round);
  };
  const mock = { pieces: PIECES, everyMs: EVERY_MS, endTogether: STREAMS };
  const calls = Array.from({ length: STREAMS }, () => rawCall(server, { stream: true, mock }, onPiece));
  const answers = (await Promise.all(calls.map(({ text }) => text))).map(readAnswer);

  const counts = await untilCounts(upstream, ({ open }) => open === 0);
  expect(counts).toMatchObject({
    requests: STREAMS,
    mostOpen: STREAMS,
    startedAfterAnEnd: 0,
    completed: STREAMS,
    cut: 0,
  });
  expect(answers.filter(({ isDone }) => !isDone)).toEqual([]);
  // The figure is the upstream's own count of what it wrote.
  expect(answers.filter(({ pieces, usage }) => pieces < PIECES || pieces !== usage)).toEqual([]);
  expect(latest).toBeLessThanOrEqual(ROUNDS_LATE);
  await expectBooksInOrder(server);
}, 120_000);

function readAnswer(text: string) {
  return {
    pieces: text.match(/"content":"\d+ "/g)?.length ?? 0,
    usage: Number(/"completion_tokens":(\d+)/.exec(text)?.[1]),
    isDone: text.endsWith('data: [DONE]\n\n'),
  };
}
