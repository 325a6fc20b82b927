import { expect, test } from 'bun:test';
import { expectBooksInOrder, serverBeforeUpstream } from '../fakes/server-before-upstream.ts';
import { residentMb } from '../fakes/server-memory.ts';

/** A server that keeps a little of each call dies in the night of its busiest day. */

const CALLS = 100_000;

/** What 50,000 calls may add to the server's memory. */
const MOST_MB = 30;

const AT_ONCE = 40;
const STEP = 2_000;

const both = serverBeforeUpstream();

test('100,000 calls leave the memory as 50,000 did', async () => {
  const { server, upstream } = both();
  const sizes: number[] = [];
  for (let done = 0; done < CALLS; done += STEP) {
    await Promise.all(Array.from({ length: AT_ONCE }, (_, caller) => ask(caller, STEP / AT_ONCE)));
    sizes.push(residentMb(server));
  }
  console.log(`server, in MB after each ${STEP} calls: ${sizes.map((size) => size.toFixed(0)).join(' ')}`);
  // Between two times that the runtime tidies up, its memory rises by some 45 MB whatever is kept; the lowest of many sizes
  // is close to what is kept. The first tenth is warming up.
  const early = Math.min(...sizes.slice(5, 25));
  const late = Math.min(...sizes.slice(25));
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
