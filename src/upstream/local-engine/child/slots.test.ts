import { expect, test } from 'bun:test';
import type { LlamaSequence } from './llama-binding.ts';
import { type SlotLimits, Slots } from './slots.ts';

const sequence = () => ({}) as LlamaSequence;
const slotsOf = (count: number, limits: Partial<SlotLimits> = {}) =>
  new Slots(Array.from({ length: count }, sequence), { waitingAtMost: 2, patienceMs: 10_000, ...limits });
const never = new AbortController().signal;

test('who comes first is served first', async () => {
  const slots = slotsOf(1);
  const order: number[] = [];
  const slot = await slots.acquire([], never);
  const waiting = [1, 2].map((number) =>
    slots.acquire([], never).then((taken) => {
      order.push(number);
      slots.release(taken);
    }),
  );
  slots.release(slot);
  await Promise.all(waiting);
  expect(order).toEqual([1, 2]);
});

test('a line that is full takes nobody in', async () => {
  const slots = slotsOf(1);
  await slots.acquire([], never);
  for (let index = 0; index < 2; index += 1) void slots.acquire([], never);
  await expect(slots.acquire([], never)).rejects.toMatchObject({ status: 503, code: 'engine_busy' });
});

test('who waits too long or leaves makes room for the others', async () => {
  const impatient = slotsOf(1, { patienceMs: 5 });
  await impatient.acquire([], never);
  await expect(impatient.acquire([], never)).rejects.toMatchObject({ status: 503 });

  const slots = slotsOf(1);
  await expect(slots.acquire([], AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
  const slot = await slots.acquire([], never);
  const caller = new AbortController();
  const left = slots.acquire([], caller.signal);
  const stayed = slots.acquire([], never);
  caller.abort(new Error('gone'));
  await expect(left).rejects.toThrow('gone');
  slots.release(slot);
  expect(await stayed).toBe(slot);
});

test('a prompt goes to the place that knows most of it; a new one to the place used longest ago', async () => {
  const slots = slotsOf(2);
  const first = await slots.acquire([1, 2, 3], never);
  const second = await slots.acquire([7, 8, 9], never);
  first.readTokens = [1, 2, 3];
  second.readTokens = [7, 8, 9];
  slots.release(first);
  slots.release(second);
  const again = await slots.acquire([7, 8, 5], never);
  expect(again).toBe(second);
  slots.release(again);
  expect(await slots.acquire([4], never)).toBe(first);
});
