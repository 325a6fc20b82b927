import { expect, test } from 'bun:test';
import { isFailure } from '../../src/domain/failure.ts';
import { answerChat } from '../../src/gateway/pipeline.ts';
import { RequestTrace } from '../../src/gateway/request-trace.ts';
import { settled } from '../fakes/manual-clock.ts';
import { event, HELLO, openTestGateway, TEST_KEY, wholeAnswer } from '../fakes/test-gateway.ts';

const PLACE = {
  traceId: 'a'.repeat(32),
  parentSpanId: undefined,
  isSampled: true,
  path: '/v1/chat/completions',
};

/** Asks with a trace; the upstream is answered by the test. */
async function openTraced(body: object) {
  const world = await openTestGateway();
  const trace = new RequestTrace(world.clock, PLACE, world.clock.monotonicMs());
  const observed: (RequestTrace | undefined)[] = [];
  const gateway = {
    ...world.gateway,
    observe: (...[record, seen]: Parameters<typeof world.gateway.observe>) => {
      world.records.push(record);
      observed.push(seen);
    },
  };
  const answer = answerChat(gateway, {
    id: 'request-1',
    credential: TEST_KEY,
    clientAddress: () => undefined,
    bodyText: JSON.stringify(body),
    dialect: 'xai',
    signal: new AbortController().signal,
    onOver: () => {},
    arrivedMs: world.clock.monotonicMs(),
    trace,
  });
  await settled();
  return { ...world, trace, observed, answer };
}

test('a whole answer: the trace knows when the upstream was busy and why it ended; the share of the wait is not ours', async () => {
  const { clock, upstream, trace, observed, answer } = await openTraced(HELLO);
  await clock.advance(400);
  upstream.calls[0]?.answer(
    200,
    wholeAnswer('42', { prompt_tokens: 2, completion_tokens: 1, total_tokens: 3 }),
  );
  const given = await answer;
  expect(isFailure(given) ? given : given.headers['x-turnpike-overhead-ms']).toBe('0.000');
  expect(observed).toEqual([trace]);
  expect(trace).toMatchObject({ upstream, calledAfterMs: 0, endedAfterMs: 400, finishReasons: ['stop'] });
});

test('a stream: what the upstream takes to its first byte and between two is not our share either', async () => {
  const { clock, upstream, records, trace, answer } = await openTraced({ ...HELLO, stream: true });
  await clock.advance(300);
  upstream.calls[0]?.respond(200);
  await settled();
  const given = await answer;
  if (isFailure(given)) throw new Error(given.code);
  expect(given.headers['x-turnpike-overhead-ms']).toBe('0.000');
  const text = new Response(given.body).text();
  await clock.advance(200);
  upstream.calls[0]?.write(event({ content: '42' }));
  await clock.advance(100);
  upstream.calls[0]?.write(event({}, {}, 'length'));
  upstream.calls[0]?.write('data: [DONE]\n\n');
  expect(await text).toContain('[DONE]');
  expect(trace).toMatchObject({ calledAfterMs: 0, endedAfterMs: 600, finishReasons: ['length'] });
  expect(records).toMatchObject([{ durationMs: 600, gatewayMs: 0, timeToFirstTokenMs: 500 }]);
});

test('a refusal before the upstream: the trace has no call', async () => {
  const { trace, observed, answer } = await openTraced({ ...HELLO, model: 'unknown' });
  expect(isFailure(await answer)).toBe(true);
  expect(observed).toEqual([trace]);
  expect(trace).toMatchObject({ upstream: undefined, calledAfterMs: undefined, endedAfterMs: undefined });
});
