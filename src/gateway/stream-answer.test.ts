import { describe, expect, test } from 'bun:test';
import { ManualClock, settled } from '../../test/fakes/manual-clock.ts';
import { Ending } from './ending.ts';
import { type AnswerParts, streamAnswer } from './stream-answer.ts';

/** A generator as the parts of a body. */
function partsOf(generator: AsyncGenerator<string, void>): AnswerParts {
  return {
    next: async () => (await generator.next()).value ?? undefined,
    leave: () => void generator.return().catch(() => {}),
  };
}

/** A body over a generator that a test moves by hand. */
function openBody({ ending = new Ending() } = {}) {
  const clock = new ManualClock();
  const waiting: PromiseWithResolvers<string | undefined>[] = [];
  let made = 0;
  let ended = 0;
  async function* parts(): AsyncGenerator<string, void> {
    try {
      for (;;) {
        const next = Promise.withResolvers<string | undefined>();
        waiting.push(next);
        // What the generator waits for is over when the request is.
        ending.signal.addEventListener('abort', () => next.resolve(undefined));
        if (ending.signal.aborted) next.resolve(undefined);
        const part = await next.promise;
        if (part === undefined) return;
        made += 1;
        yield part;
      }
    } finally {
      ended += 1;
    }
  }
  const body = streamAnswer(clock, ending, partsOf(parts()));
  return {
    clock,
    ending,
    body,
    /** Lets the generator go on with a part, or end. */
    make: async (part?: string) => {
      await settled();
      waiting.shift()?.resolve(part);
      await settled();
    },
    made: () => made,
    ended: () => ended,
  };
}

const text = ({ value }: { value?: Uint8Array | undefined }) => new TextDecoder().decode(value);

test('a part is made for each one that is taken, and one lies ready', async () => {
  const { body, make, made } = openBody();
  await make('a');
  await make('b');
  await make('c');
  const reader = body.getReader();
  expect(text(await reader.read())).toBe('a');
  await make('b');
  expect(made()).toBeLessThanOrEqual(2);
  expect(text(await reader.read())).toBe('b');
});

test('the end of the parts is the end of the body, and no timer is left', async () => {
  const { clock, body, make } = openBody();
  const reading = new Response(body).text();
  await make('a');
  await make();
  expect(await reading).toBe('a');
  expect(clock.pendingTimers).toBe(0);
});

describe('signs of life', () => {
  test('go out while nothing else does, and stop at the next part', async () => {
    const { clock, body, make } = openBody();
    const reader = body.getReader();
    const first = reader.read();
    await clock.advance(8_000);
    expect(text(await first)).toBe(': keep-alive\n\n');
    const second = reader.read();
    await clock.advance(7_999);
    await make('a');
    expect(text(await second)).toBe('a');
  });

  test('do not pile up for a reader that takes none', async () => {
    const { clock, body, make } = openBody();
    const reader = body.getReader();
    await clock.advance(80_000);
    await make('a');
    const seen = [text(await reader.read()), text(await reader.read())];
    expect(seen).toEqual([': keep-alive\n\n', 'a']);
  });

  test('do not come after the end, however the two fall together', async () => {
    const { clock, body, make } = openBody();
    const reading = new Response(body).text();
    await make('a');
    await clock.advance(7_999);
    await make();
    await clock.advance(100_000);
    expect(await reading).toBe('a');
    expect(clock.pendingTimers).toBe(0);
  });
});

describe('a reader that goes away', () => {
  test('while nothing is there: the generator ends, once, and nothing is left', async () => {
    const { clock, ending, body, ended } = openBody();
    const reader = body.getReader();
    const reading = reader.read();
    await settled();
    await reader.cancel();
    await settled();
    expect((await reading).done).toBe(true);
    expect({ reason: ending.reason, ended: ended() }).toEqual({ reason: 'client-gone', ended: 1 });
    expect(clock.pendingTimers).toBe(0);
  });

  test('between two parts', async () => {
    const { clock, ending, body, make, ended } = openBody();
    const reader = body.getReader();
    await make('a');
    await reader.read();
    await make('b');
    await reader.cancel();
    await settled();
    expect({ reason: ending.reason, ended: ended() }).toEqual({ reason: 'client-gone', ended: 1 });
    expect(clock.pendingTimers).toBe(0);
  });

  test('of whom only the request hears', async () => {
    const { clock, ending, make, ended } = openBody();
    await make('a');
    ending.end('client-gone');
    await settled();
    expect(ended()).toBe(1);
    expect(clock.pendingTimers).toBe(0);
  });

  test('before there was a body: it ends at once', async () => {
    const ending = new Ending();
    ending.end('client-gone');
    const { clock, ended } = openBody({ ending });
    await settled();
    expect(ended()).toBe(1);
    expect(clock.pendingTimers).toBe(0);
  });

  test('by sleeping for ever', async () => {
    const { clock, ending, body, make, ended } = openBody();
    const reader = body.getReader();
    await make('a');
    await make('b');
    await clock.advance(599_999);
    expect(ending.reason).toBeUndefined();
    await clock.advance(1);
    expect({ reason: ending.reason, ended: ended() }).toEqual({ reason: 'client-gone', ended: 1 });
    expect(text(await reader.read())).toBe('a');
    expect(clock.pendingTimers).toBe(0);
  });

  test('after the last part was made: nothing is ended a second time', async () => {
    const { clock, body, make, ended } = openBody();
    const reader = body.getReader();
    await make('a');
    await make();
    await reader.cancel();
    await settled();
    expect(ended()).toBe(1);
    expect(clock.pendingTimers).toBe(0);
  });
});

test('a generator that does not hear of the end is ended at its next part, and nothing waits for the reader', async () => {
  for (const endedBefore of [true, false]) {
    const clock = new ManualClock();
    const ending = new Ending();
    let ended = 0;
    const next = Promise.withResolvers<void>();
    async function* deafParts(): AsyncGenerator<string, void> {
      try {
        yield 'a';
        await next.promise;
        yield 'b';
        yield 'c';
      } finally {
        ended += 1;
      }
    }
    if (endedBefore) ending.end('client-gone');
    const body = streamAnswer(clock, ending, partsOf(deafParts()));
    const reader = body.getReader();
    await reader.read();
    await settled();
    ending.end('client-gone');
    next.resolve();
    await settled();
    expect(ended).toBe(1);
    expect(clock.pendingTimers).toBe(0);
  }
});
