import { expect, test } from 'bun:test';
import { expectBooksInOrder, serverBeforeUpstream, untilCounts } from '../fakes/server-before-upstream.ts';
import { residentMb } from '../fakes/server-memory.ts';

/** An answer that is not streamed is kept in memory until its bill is known, so its size has a bound. */

const PIECE_CHARACTERS = 8_000;
/** Four times the bound: the text itself, the pieces it came in, and what the last one left behind. */
const MOST_MB = 128;

const both = serverBeforeUpstream();

const bodyOf = (bytes: number) => ({
  model: 'grok-beta',
  messages: [{ role: 'user', content: 'hi' }],
  mock: { pieces: bytes / PIECE_CHARACTERS, pieceCharacters: PIECE_CHARACTERS },
});

test('one of 30 MB arrives whole; of one of 200 MB no more is taken than the bound', async () => {
  const { server, upstream } = both();
  const whole = await server.post('/v1/chat/completions', bodyOf(30_000_000));
  const answer = await whole.json();
  expect(whole.status).toBe(200);
  expect(answer.choices[0].message.content).toHaveLength(30_000_000);

  const before = residentMb(server);
  const { sentBytes } = await upstream.counts();
  const endless = await server.post('/v1/chat/completions', bodyOf(200_000_000));
  expect(endless.status).toBe(502);
  const counts = await untilCounts(upstream, ({ open }) => open === 0);
  const after = residentMb(server);
  console.log(
    `server: ${before.toFixed(0)} MB before, ${after.toFixed(0)} MB after; ${counts.sentBytes - sentBytes} bytes on the way`,
  );
  expect(counts).toMatchObject({ open: 0, completed: 1, cut: 1 });
  expect(after - before).toBeLessThan(MOST_MB);
  await expectBooksInOrder(server);
}, 60_000);
