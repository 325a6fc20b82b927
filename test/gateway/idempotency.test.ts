import { describe, expect, test } from 'bun:test';
import { settled } from '../fakes/manual-clock.ts';
import { event, HELLO, openTestGateway, readEventsOf, TEAM, wholeAnswer } from '../fakes/test-gateway.ts';

/** The same request with the same key runs once and is charged once, whatever happens to it. */

const KEYED = { idempotencyKey: 'order-66' };
const STREAM = { ...HELLO, stream: true };
const USAGE = { usage: { prompt_tokens: 10, completion_tokens: 4 } };
const CREDIT = 250_000_000_000n;

type World = Awaited<ReturnType<typeof openTestGateway>>;

function answering(world: World): void {
  let count = 0;
  world.upstream.onCall = (call) => {
    count += 1;
    if (call.body.stream !== true) return call.answer(200, wholeAnswer(`answer ${count}`, USAGE.usage));
    call.respond(200);
    call.write(event({ content: `answer ${count}` }));
    call.write(`${event({}, USAGE, 'stop')}data: [DONE]\n\n`);
    call.end();
  };
}

async function textOf({ body }: { body: string | ReadableStream<Uint8Array> }): Promise<string> {
  return typeof body === 'string' ? body : await new Response(body).text();
}

function charges(world: World) {
  return world.records.filter(({ costTicks }) => costTicks > 0n).length;
}

describe('a request that is sent again', () => {
  for (const [name, body] of Object.entries({ whole: HELLO, streamed: STREAM })) {
    test(`a ${name} answer is the same, byte by byte, and charged once`, async () => {
      const world = await openTestGateway();
      answering(world);
      const first = await world.ask(body, KEYED);
      const firstText = await textOf(first);
      const balance = await world.balance();
      const second = await world.ask(body, KEYED);
      expect(second.status).toBe(200);
      expect(await textOf(second)).toBe(firstText);
      expect(second.headers['content-type']).toBe(first.headers['content-type']);
      expect([first.headers['idempotent-replayed'], second.headers['idempotent-replayed']]).toEqual([
        undefined,
        'true',
      ]);
      // What belongs to the moment is not repeated as if it were true now.
      expect(
        Object.keys(second.headers).filter((header) => /ratelimit|overhead|request-id/.test(header)),
      ).toEqual([]);
      expect(world.upstream.calls).toHaveLength(1);
      expect(await world.balance()).toEqual(balance);
      expect(charges(world)).toBe(1);
    });
  }

  test('the answer is kept before its caller has the end of it', async () => {
    for (const body of [HELLO, STREAM]) {
      const world = await openTestGateway();
      answering(world);
      const store = world.gateway.idempotency;
      const { complete } = store;
      const gate = Promise.withResolvers<void>();
      Object.assign(store, {
        complete: async (...words: Parameters<typeof complete>) => {
          await gate.promise;
          await complete.call(store, ...words);
        },
      });
      let text = '';
      const reading = world.ask(body, KEYED).then(async (answer) => {
        const decoder = new TextDecoder();
        for await (const piece of new Response(answer.body).body ?? []) text += decoder.decode(piece);
      });
      await settled();
      expect(charges(world)).toBe(1);
      expect(text).not.toMatch(/finish_reason":"stop"|DONE/);
      gate.resolve();
      await reading;
      expect(text).toContain('answer 1');
      expect(await textOf(await world.ask(body, KEYED))).toBe(text);
    }
  });

  test('neither limits nor an empty account keep anybody from what was paid for', async () => {
    const world = await openTestGateway({ key: { limits: { requestsPerMinute: 1 } } });
    answering(world);
    await world.ask(HELLO, KEYED);
    const { availableTicks } = await world.balance();
    await world.storage.ledger.withdraw({
      transactionId: 'withdrawal',
      walletId: TEAM,
      amountTicks: availableTicks,
      memo: '',
      atMs: 0,
    });
    expect((await world.ask(HELLO, KEYED)).headers['idempotent-replayed']).toBe('true');
    expect((await world.ask(HELLO, { idempotencyKey: 'another' })).status).toBe(429);
  });

  test('a request without a key, or with another one, runs anew', async () => {
    const world = await openTestGateway();
    answering(world);
    await world.ask(HELLO, KEYED);
    await world.ask(HELLO);
    await world.ask(HELLO, { idempotencyKey: 'order-67' });
    expect(world.upstream.calls).toHaveLength(3);
    expect(charges(world)).toBe(3);
  });
});

describe('the same key', () => {
  test('with a body that differs in anything is refused, and nothing runs', async () => {
    const world = await openTestGateway();
    answering(world);
    const text = JSON.stringify(HELLO);
    await world.ask(text, KEYED);
    for (const other of [`${text} `, text.replace('Hello', 'hello'), JSON.stringify({ ...HELLO, seed: 1 })]) {
      const answer = await world.ask(other, KEYED);
      expect(answer.status).toBe(422);
      expect(JSON.parse(await textOf(answer))).toMatchObject({ code: 'invalid-argument' });
    }
    // The other dialect's answer would be another one.
    expect((await world.ask(text, { ...KEYED, dialect: 'openai' })).status).toBe(422);
    expect(world.upstream.calls).toHaveLength(1);
    expect(charges(world)).toBe(1);
  });

  test('while the first request runs: 409 that says when to come back, and only one call', async () => {
    const world = await openTestGateway();
    const first = world.ask(HELLO, KEYED);
    const second = await world.ask(HELLO, KEYED);
    expect(second.status).toBe(409);
    expect(second.headers['retry-after-ms']).toBe('1000');
    expect(await textOf(second)).toContain('still being answered');
    await settled();
    world.upstream.calls[0]?.answer(200, wholeAnswer('x', USAGE.usage));
    const text = await textOf(await first);
    expect(await textOf(await world.ask(HELLO, KEYED))).toBe(text);
    expect(world.upstream.calls).toHaveLength(1);
  });

  test('that is no key is refused before anything else', async () => {
    const world = await openTestGateway();
    answering(world);
    for (const wrong of ['', 'x'.repeat(256), 'schlüssel', 'a\nb', '\u0000']) {
      const answer = await world.ask(HELLO, { idempotencyKey: wrong });
      expect(answer.status).toBe(400);
      expect(await textOf(answer)).toContain('255');
    }
    expect(world.upstream.calls).toHaveLength(0);
    expect((await world.ask(HELLO, { idempotencyKey: 'x'.repeat(255) })).status).toBe(200);
  });

  test('of a caller whose key may not use the model any more shows nothing', async () => {
    const world = await openTestGateway();
    answering(world);
    await world.ask(HELLO, KEYED);
    await world.storage.keys.change(TEAM, 'key-1', {
      acls: ['api-key:model:other', 'api-key:endpoint:*'],
      modifiedAtMs: 0,
      modifiedBy: '',
    });
    const answer = await world.ask(HELLO, KEYED);
    expect(answer.status).toBe(404);
    expect(await textOf(answer)).not.toContain('answer 1');
  });
});

describe('what was not charged leaves the key free', () => {
  test('a refusal before anything was set aside', async () => {
    const world = await openTestGateway({ creditTicks: 0n });
    answering(world);
    expect((await world.ask(HELLO, KEYED)).status).toBe(403);
    expect((await world.ask('{', KEYED)).status).toBe(400);
    await world.storage.ledger.grant({
      transactionId: 'late',
      walletId: TEAM,
      amountTicks: CREDIT,
      memo: '',
      atMs: 0,
    });
    expect((await world.ask(HELLO, KEYED)).status).toBe(200);
  });

  test('an upstream that failed before it answered', async () => {
    for (const body of [HELLO, STREAM]) {
      const world = await openTestGateway();
      world.upstream.onCall = (call) => call.answer(500, '{"error":"down"}');
      expect((await world.ask(body, KEYED)).status).toBe(502);
      answering(world);
      expect(await textOf(await world.ask(body, KEYED))).toContain('answer 1');
      expect(charges(world)).toBe(1);
    }
  });

  test('a stream that broke before its first word, under a head that had gone out', async () => {
    const world = await openTestGateway();
    const asking = world.ask(STREAM, KEYED);
    await world.clock.advance(9_000);
    world.upstream.calls[0]?.fail(new Error('reset'));
    expect(await textOf(await asking)).toContain('Nothing was charged');
    answering(world);
    expect(await textOf(await world.ask(STREAM, KEYED))).toContain('[DONE]');
  });

  test('a caller that hung up on a whole answer: the next attempt is a first one', async () => {
    const world = await openTestGateway();
    const hangUp = new AbortController();
    const asking = world.ask(HELLO, { ...KEYED, signal: hangUp.signal });
    await settled();
    hangUp.abort();
    await asking;
    answering(world);
    expect((await world.ask(HELLO, KEYED)).status).toBe(200);
    expect(charges(world)).toBe(1);
  });

  test('an assertion that broke', async () => {
    const world = await openTestGateway();
    Object.assign(world.upstream, {
      upstreamModel: () => {
        throw new TypeError('broken');
      },
    });
    expect(await world.ask(HELLO, KEYED).catch((reason: Error) => reason.message)).toBe('broken');
    Object.assign(world.upstream, { upstreamModel: () => 'fine' });
    answering(world);
    expect((await world.ask(HELLO, KEYED)).status).toBe(200);
  });
});

describe('what was charged is not run again', () => {
  test('a stream that was cut is repeated as cut, with the same words', async () => {
    const world = await openTestGateway();
    const asking = world.ask(STREAM, KEYED);
    await settled();
    const call = world.upstream.calls[0];
    call?.respond(200);
    call?.write(event({ content: 'half of it' }));
    const { body } = await asking;
    await settled();
    call?.break();
    const first = await textOf({ body });
    expect(first).toContain('broke off in mid-answer');
    const second = await world.ask(STREAM, KEYED);
    expect(await textOf(second)).toBe(first);
    expect(second.headers['idempotent-replayed']).toBe('true');
    expect(world.upstream.calls).toHaveLength(1);
  });

  test('a stream whose reader left is repeated up to there, and looks cut', async () => {
    const world = await openTestGateway();
    const hangUp = new AbortController();
    const asking = world.ask(STREAM, { ...KEYED, signal: hangUp.signal });
    await settled();
    const call = world.upstream.calls[0];
    call?.respond(200);
    call?.write(event({ content: 'half of it' }));
    const reader = ((await asking).body as ReadableStream<Uint8Array>).getReader();
    await reader.read();
    hangUp.abort();
    await settled();
    const events = await readEventsOf((await world.ask(STREAM, KEYED)).body);
    expect(events[0].choices[0].delta.content).toBe('half of it');
    expect(events.at(-1).error.message).toContain('connection was closed');
    expect(events).not.toContain('[DONE]');
    expect(world.upstream.calls).toHaveLength(1);
    expect(charges(world)).toBe(1);
  });

  test('a stream whose reader left when only the end was missing is repeated whole', async () => {
    const world = await openTestGateway();
    const hangUp = new AbortController();
    const { post } = world.gateway.ledger;
    Object.assign(world.gateway.ledger, {
      post: async (...words: Parameters<typeof post>) => {
        hangUp.abort();
        await settled();
        return post.call(world.storage.ledger, ...words);
      },
    });
    answering(world);
    await world
      .ask(STREAM, { ...KEYED, signal: hangUp.signal })
      .then(textOf)
      .catch(() => {});
    await settled();
    Object.assign(world.gateway.ledger, { post });
    const events = await readEventsOf((await world.ask(STREAM, KEYED)).body);
    expect(events[0].choices[0].delta.content).toBe('answer 1');
    expect(events.at(-1)).toBe('[DONE]');
    expect(charges(world)).toBe(1);
  });

  test('an answer that is too long to be kept: the second attempt learns that it was charged', async () => {
    for (const body of [HELLO, STREAM]) {
      const world = await openTestGateway();
      const long = 'long '.repeat(1_000_000);
      world.upstream.onCall = (call) => {
        if (call.body.stream !== true) return call.answer(200, wholeAnswer(long, USAGE.usage));
        call.respond(200);
        for (let piece = 0; piece < 100; piece += 1)
          call.write(event({ content: long.slice(0, 50_000) }, piece < 99 ? {} : USAGE));
        call.write(`${event({}, {}, 'stop')}data: [DONE]\n\n`);
        call.end();
      };
      await textOf(await world.ask(body, KEYED));
      const again = await world.ask(body, KEYED);
      expect(again.status).toBe(410);
      expect(await textOf(again)).toContain('charged as request request-1');
      expect(world.upstream.calls).toHaveLength(1);
    }
  });

  test('a request that a dead process had begun: told in words, never run', async () => {
    const world = await openTestGateway();
    const first = world.ask(HELLO, KEYED);
    await settled();
    await world.storage.idempotency.interruptClaimsOfOthers('process-2');
    const answer = await world.ask(HELLO, KEYED);
    expect(answer.status).toBe(410);
    expect(await textOf(answer)).toContain('the statement shows it under request request-1');
    expect(world.upstream.calls).toHaveLength(1);
    world.upstream.calls[0]?.answer(200, wholeAnswer('x', USAGE.usage));
    await first;
  });
});

describe('a store that does not answer', () => {
  test('at the claim: nothing runs, and the key is free when it is back', async () => {
    const world = await openTestGateway();
    answering(world);
    const { claim } = world.gateway.idempotency;
    const store = world.gateway.idempotency;
    Object.assign(store, {
      claim: async (...words: Parameters<typeof claim>) => {
        await claim.call(store, ...words);
        throw new Error('the database does not answer');
      },
    });
    const answer = await world.ask(HELLO, KEYED);
    expect(answer.status).toBe(503);
    expect(world.upstream.calls).toHaveLength(0);
    Object.assign(store, { claim });
    expect((await world.ask(HELLO, KEYED)).status).toBe(200);
  });

  test('at the end: the caller has its answer, and it is kept when the store is back', async () => {
    const world = await openTestGateway();
    answering(world);
    const store = world.gateway.idempotency;
    const { complete } = store;
    Object.assign(store, { complete: () => Promise.reject(new Error('away')) });
    const first = await textOf(await world.ask(HELLO, KEYED));
    expect(first).toContain('answer 1');
    expect((await world.ask(HELLO, KEYED)).status).toBe(409);
    Object.assign(store, { complete });
    await world.clock.advance(15_000);
    expect(await textOf(await world.ask(HELLO, KEYED))).toBe(first);
  });

  test('a team that has used up its keys is told so', async () => {
    const world = await openTestGateway();
    Object.assign(world.gateway.idempotency, { claim: async () => ({ outcome: 'full' }) });
    expect((await world.ask(HELLO, KEYED)).status).toBe(429);
    expect(world.upstream.calls).toHaveLength(0);
  });
});
