import { expect, test } from 'bun:test';
import { ManualClock } from '../../test/fakes/manual-clock.ts';
import { ScriptedUpstream } from '../../test/fakes/scripted-upstream.ts';
import { testModel } from '../../test/fakes/test-gateway.ts';
import { UpstreamHealth } from './upstream-health.ts';

const MODEL = testModel();
const [first, second, third] = ['first', 'second', 'third'].map((name) => new ScriptedUpstream(name)) as [
  ScriptedUpstream,
  ScriptedUpstream,
  ScriptedUpstream,
];
const ALL = [first, second, third];

function open() {
  const clock = new ManualClock();
  const health = new UpstreamHealth(clock);
  const order = (model = MODEL) => health.inOrder(ALL, model).map(({ name }) => name);
  return { clock, health, order };
}

test('whoever failed comes last for a second, and then where it was', async () => {
  const { clock, health, order } = open();
  health.failed(first, MODEL);
  expect(order()).toEqual(['second', 'third', 'first']);
  await clock.advance(999);
  expect(order()).toEqual(['second', 'third', 'first']);
  await clock.advance(1);
  expect(order()).toEqual(['first', 'second', 'third']);
});

test('each failure in a row doubles the rest, up to a minute; an answer ends it', async () => {
  const { clock, health, order } = open();
  for (const restMs of [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]) {
    health.failed(first, MODEL);
    await clock.advance(restMs - 1);
    expect(order()[0]).toBe('second');
    await clock.advance(1);
    expect(order()[0]).toBe('first');
  }
  health.answered(first, MODEL);
  expect(health.troubles()).toEqual([]);
  health.failed(first, MODEL);
  await clock.advance(1_000);
  expect(order()[0]).toBe('first');
});

test('who asks to be left alone is, for a minute at most', async () => {
  const { clock, health, order } = open();
  health.failed(first, MODEL, 7_000);
  health.failed(second, MODEL, 3_600_000);
  await clock.advance(6_999);
  expect(order()).toEqual(['third', 'first', 'second']);
  await clock.advance(1);
  expect(order()).toEqual(['first', 'third', 'second']);
  await clock.advance(53_000);
  expect(order()).toEqual(['first', 'second', 'third']);
});

test('where all rest, the one whose rest ends first is asked', () => {
  const { health, order } = open();
  health.failed(first, MODEL, 5_000);
  health.failed(second, MODEL, 3_000);
  health.failed(third, MODEL, 4_000);
  expect(order()).toEqual(['second', 'third', 'first']);
});

test('one that is out of order for a model is well for the others', () => {
  const { health, order } = open();
  health.failed(first, MODEL);
  expect(order(testModel({ id: 'grok-mini' }))).toEqual(['first', 'second', 'third']);
});

test('a clock on the wall that jumps ends no rest and begins none', async () => {
  const { clock, health, order } = open();
  health.failed(first, MODEL);
  clock.moveWall(86_400_000);
  expect(order()[0]).toBe('second');
  clock.moveWall(-2 * 86_400_000);
  await clock.advance(1_000);
  expect(order()[0]).toBe('first');
});

test('it tells who is in trouble, and until when', () => {
  const { clock, health } = open();
  health.failed(second, MODEL);
  health.failed(second, MODEL);
  expect(health.troubles()).toEqual([
    { channel: 'second', modelId: 'grok-beta', failuresInARow: 2, restsUntilMs: clock.nowMs() + 2_000 },
  ]);
});
