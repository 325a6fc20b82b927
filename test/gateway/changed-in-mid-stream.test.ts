import { describe, expect, test } from 'bun:test';
import { ModelCatalogue } from '../../src/domain/model-catalogue.ts';
import { settled } from '../fakes/manual-clock.ts';
import {
  event,
  HELLO,
  openTestGateway,
  readEventsOf,
  TEAM,
  testModel,
  WALK_THROUGH_PRICE,
  wholeAnswer,
} from '../fakes/test-gateway.ts';

/** What an operator changes while an answer is being written. */

const STREAM = { ...HELLO, stream: true };
const USAGE = { usage: { prompt_tokens: 10, completion_tokens: 2 } };

async function openStream(world: Awaited<ReturnType<typeof openTestGateway>>) {
  const asking = world.ask(STREAM);
  await settled();
  const call = world.upstream.calls.at(-1);
  call?.respond(200);
  call?.write(event({ content: 'one two' }));
  const { body } = await asking;
  return { call, reading: readEventsOf(body) };
}

test('a price that changes is for the next request: this one pays what was in force when it was let in', async () => {
  const world = await openTestGateway();
  const { call, reading } = await openStream(world);
  const dear = {
    ...WALK_THROUGH_PRICE,
    validFromMs: world.clock.nowMs(),
    inputTicksPerToken: 9_000_000n,
    outputTicksPerToken: 9_000_000n,
  };
  const raised = new ModelCatalogue([testModel({ prices: [WALK_THROUGH_PRICE, dear] })]);
  Object.assign(world.gateway, { catalogue: () => raised });
  call?.write(`${event({}, USAGE, 'stop')}data: [DONE]\n\n`);
  call?.end();
  const finish = (await reading).at(-2);
  expect(finish.usage.cost_in_usd_ticks).toBe(10 * 50_000 + 2 * 150_000);
  expect(world.records).toMatchObject([{ costTicks: 800_000n }]);

  world.upstream.onCall = (next) => next.answer(200, wholeAnswer('one two', USAGE.usage));
  await world.ask(HELLO);
  expect(world.records[1]).toMatchObject({ costTicks: 12n * 9_000_000n });
});

describe('an account that is closed', () => {
  for (const [name, close] of [
    ['its team is blocked', 'setOrganizationBlocked'],
    ['its owner is shut out', 'setUserBanned'],
  ] as const) {
    test(`because ${name}: the stream ends in words, is charged for what was made, and its entries stay`, async () => {
      const world = await openTestGateway();
      const { call, reading } = await openStream(world);
      await settled();
      await world.storage.accounts[close](close === 'setUserBanned' ? 'user-1' : TEAM, true);
      world.keyChanged();
      const events = await reading;
      expect(events.at(-1).error.message).toContain('what arrived was charged');
      expect(events).not.toContain('[DONE]');
      expect(call?.aborted).toBe(true);
      expect(world.records).toMatchObject([{ outcome: 'cut-key', usage: { outputTokens: 2 } }]);
      const { rows } = await world.storage.ledger.statement(TEAM, { limit: 10 });
      expect(rows.map(({ kind }) => kind)).toContain('charge');
      expect((await world.balance()).heldTicks).toBe(0n);
      expect((await world.ask(HELLO)).status).toBe(403);
    });
  }
});
