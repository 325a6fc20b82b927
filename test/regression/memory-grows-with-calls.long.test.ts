import { expect, test } from 'bun:test';
import { expectBooksInOrder, serverBeforeUpstream } from '../fakes/server-before-upstream.ts';
import { residentMb } from '../fakes/server-memory.ts';

/** A server that keeps a little of each call dies in the night of its busiest day. */

const CALLS = 100_000;

/** What the calls after the first 20,000 may add to the server's memory. */
const MOST_MB = 30;

const AT_ONCE = 40;
const STEP = 10_000;

const both = serverBeforeUpstream();

test('100,000 calls leave the memory as 20,000 did', async () => {
  const { server, upstream } = both();
  const sizes: number[] = [];
  for (let done = 0; done < CALLS; done += STEP) {
    await Promise.all(Array.from({ length: AT_ONCE }, (_, caller) => ask(caller, STEP / AT_ONCE)));
    sizes.push(residentMb(server));
  }
  console.log(`server, in MB after each ${STEP} calls: ${sizes.map((size) => size.toFixed(0)).join(' ')}`);
  // One size by itself tells how long ago the runtime tidied up; the middle one of three does not.
  const early = middle(sizes.slice(1, 4));
  const late = middle(sizes.slice(-3));
  expect(await upstream.counts()).toMatchObject({ requests: CALLS, cut: 0 });
  expect(late - early).toBeLessThan(MOST_MB);
  await expectBooksInOrder(server);
}, 280_000);

/** Whole answers, and one stream in four. */
async function ask(caller: number, calls: number): Promise<void> {
  for (let call = 0; call < calls; call += 1) {
    const response = await both().server.post('/v1/chat/completions', {
      model: 'grok-beta',
      messages: [{ role: 'user', content: `${caller}: hi` }],
      stream: call % 4 === 0,
      mock: { pieces: 8 },
    });
    if (!(await response.text()).includes('"completion_tokens":8')) throw new Error('an answer is not whole');
  }
}

function middle(sizes: readonly number[]): number {
  return sizes.toSorted((a, b) => a - b)[1] ?? Number.NaN;
}
