import { expect, test } from 'bun:test';
import { type Failure, isFailure, personShutOut } from '../../src/domain/failure.ts';
import type { PersonCaller } from '../../src/gateway/gateway.ts';
import { answerChat } from '../../src/gateway/pipeline.ts';
import { settled } from '../fakes/manual-clock.ts';
import { event, HELLO, openTestGateway, wholeAnswer } from '../fakes/test-gateway.ts';

/** Whoever is signed in calls without a key: the same way, the same bill, another name in the record. */

const USAGE = { usage: { prompt_tokens: 2, completion_tokens: 3, total_tokens: 5 } };

async function open(fault: () => Promise<Failure | undefined> = async () => undefined) {
  const world = await openTestGateway();
  const person: PersonCaller = { door: 'chat', userId: 'user-1', organizationId: 'team-1', fault };
  const ask = (body: unknown) =>
    answerChat(world.gateway, {
      id: 'request-1',
      person,
      credential: undefined,
      clientAddress: () => undefined,
      bodyText: JSON.stringify(body),
      dialect: 'xai',
      signal: new AbortController().signal,
      onOver: () => {},
      arrivedMs: 0,
    });
  return { ...world, ask };
}

test('a person is charged to the team like a key, and recorded by the door they came through', async () => {
  const { ask, upstream, records, balance } = await open();
  upstream.onCall = (call) => call.answer(200, wholeAnswer('one two three', USAGE.usage));
  const answer = await ask(HELLO);
  expect(isFailure(answer)).toBeFalse();
  expect(records.map(({ keyId, userId, costTicks }) => [keyId, userId, costTicks])).toEqual([
    ['chat:user-1', 'user-1', 550_000n],
  ]);
  expect((await balance()).availableTicks).toBe(250_000_000_000n - 550_000n);
});

test('whoever may not call is refused before anything is spent', async () => {
  const { ask, records, balance } = await open(async () => personShutOut('signed-out'));
  expect(await ask(HELLO)).toMatchObject({ code: 'permission-denied', httpStatus: 403 });
  expect(records).toBeEmpty();
  expect((await balance()).availableTicks).toBe(250_000_000_000n);
});

test('a session that cannot be looked up is a 503 and no refusal', async () => {
  const { ask } = await open(() => Promise.reject(new Error('away')));
  expect(await ask(HELLO)).toMatchObject({ httpStatus: 503 });
});

test('an open answer ends when the session does, and what was relayed is charged', async () => {
  let isSignedIn = true;
  const world = await open(async () => (isSignedIn ? undefined : personShutOut('signed-out')));
  const answering = world.ask({ ...HELLO, stream: true });
  await settled();
  const call = world.upstream.calls[0];
  call?.respond(200);
  call?.write(event({ content: 'Hi' }));
  const answer = await answering;
  if (isFailure(answer)) throw new Error(answer.message);
  const text = new Response(answer.body as ReadableStream<Uint8Array>).text();
  await settled();
  isSignedIn = false;
  world.keyChanged();
  expect(await text).not.toContain('[DONE]');
  expect(world.records.map(({ outcome }) => outcome)).toEqual(['cut-key']);
  expect((await world.balance()).heldTicks).toBe(0n);
});
