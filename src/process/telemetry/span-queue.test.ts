import { expect, test } from 'bun:test';
import { ManualClock, settled } from '../../../test/fakes/manual-clock.ts';
import type { Delivery } from './collector.ts';
import type { FinishedRequest } from './request-attributes.ts';
import { SpanQueue } from './span-queue.ts';

const DELAY_MS = 5_000;
const REQUEST = {} as FinishedRequest;

function open(answer: (batch: readonly FinishedRequest[]) => Promise<Delivery> = async () => 'delivered') {
  const clock = new ManualClock();
  const sent: number[] = [];
  let lost = 0;
  const queue = new SpanQueue({
    clock,
    delayMs: DELAY_MS,
    send: (batch) => {
      sent.push(batch.length);
      return answer(batch);
    },
    lose: (requests) => {
      lost += requests;
    },
  });
  const add = (count: number) => {
    for (let index = 0; index < count; index += 1) queue.add(REQUEST);
  };
  return { clock, queue, sent, add, lost: () => lost };
}

test('what waits is sent together after the delay; an idle queue has no timer', async () => {
  const { clock, sent, add } = open();
  expect(clock.pendingTimers).toBe(0);
  add(3);
  await clock.advance(DELAY_MS - 1);
  expect(sent).toEqual([]);
  await clock.advance(1);
  expect(sent).toEqual([3]);
  expect(clock.pendingTimers).toBe(0);
});

test('a full batch does not wait, and one report is under way at a time', async () => {
  const answers: ((delivery: Delivery) => void)[] = [];
  const { clock, sent, add } = open(() => new Promise((resolve) => answers.push(resolve)));
  add(250);
  await settled();
  expect(sent).toEqual([100]);
  answers[0]?.('delivered');
  await settled();
  expect(sent).toEqual([100, 100]);
  answers[1]?.('delivered');
  await settled();
  expect(sent).toEqual([100, 100, 50]);
  answers[2]?.('delivered');
  await settled();
  expect(clock.pendingTimers).toBe(0);
});

test('a collector that is away is asked ever less often, and gets everything when it is back', async () => {
  let isAway = true;
  const { clock, sent, add, lost } = open(async () => (isAway ? 'again' : 'delivered'));
  add(150);
  await settled();
  expect(sent).toEqual([100]);
  await clock.advance(1_000);
  await clock.advance(2_000);
  await clock.advance(4_000);
  expect(sent).toHaveLength(4);
  // Not even a full batch makes it hurry.
  add(100);
  await settled();
  expect(sent).toHaveLength(4);
  await clock.advance(3_600_000);
  const tries = sent.length;
  expect(tries).toBeLessThan(75);
  isAway = false;
  await clock.advance(60_000);
  expect(sent.slice(tries)).toEqual([100, 100, 50]);
  expect(lost()).toBe(0);
});

test('there is a bound to what waits, and what is lost is counted', async () => {
  const { clock, add, lost } = open(async () => 'again');
  add(2_048);
  expect(lost()).toBe(0);
  add(10);
  await clock.advance(60_000);
  expect(lost()).toBe(10);
});

test('what is refused is lost and not sent again', async () => {
  const { clock, sent, add, lost } = open(async () => 'refused');
  add(3);
  await clock.advance(DELAY_MS);
  await clock.advance(3_600_000);
  expect(sent).toEqual([3]);
  expect(lost()).toBe(3);
});

test('at the end everything is tried once more, and nothing afterwards', async () => {
  const { clock, queue, sent, add, lost } = open(async (batch) =>
    batch.length === 100 ? 'delivered' : 'again',
  );
  add(120);
  await queue.close();
  expect(sent.slice(0, 2)).toEqual([100, 20]);
  expect(lost()).toBe(20);
  await clock.advance(3_600_000);
  expect(clock.pendingTimers).toBe(0);
});
